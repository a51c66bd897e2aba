#include "ledger/apply/label_rules.hpp"

#include "ledger/apply/label_sums.hpp"

namespace nguon::ledger {
namespace {

Error unknown_request(const std::string& field) {
  return {Errc::not_yet, "entry.unknown", field, "the log does not hold this entry yet"};
}

// What one pack holds: a pack batch says so itself, another batch by its first labels. Were it free
// to shrink, so would be the allowance to grow.
Result<void> settle_pack(Work& work, BatchRecord& batch) {
  NGUON_TRY(const auto content, Data(work.entry().data).quantity("pack", work.bundle().units()));
  if (content.dimension != batch.dimension || content.amount.value() <= 0) {
    return invalid("quantity.dimension", "/data/pack/unit", "measured by " + batch.dimension);
  }
  if (!batch.pack) batch.pack = content.amount;
  if (*batch.pack != content.amount) {
    return invalid("label.pack", "/data/pack", "not the pack size of this batch");
  }
  return {};
}

Result<void> approve_extra(Work& work, const std::string& sub, BatchRecord& batch) {
  NGUON_TRY(const auto approval, Data(work.entry().data).maybe_text("approval"));
  if (!approval) return {};
  NGUON_TRY(auto request, unused_request(work, *approval, "/data/approval"));
  if (request.record.batch != sub || !request.record.extra) {
    return invalid("label.approval", "/data/approval", "a request for more labels on this batch");
  }
  if (request.record.person == work.maker().person ||
      request.record.person == work.signer().person) {
    return Error{Errc::forbidden, "label.approval-self", "/data/approval", "another person's"};
  }
  batch.extra += *request.record.extra;
  use_request(work, request);
  return {};
}

}  // namespace

Result<OwnRange> own_range(Work& work) {
  OwnRange range;
  NGUON_TRY(range.record, own<RangeRecord>(work));
  NGUON_TRY(auto part, work.find<LabelPart>(state_key::label_part(work.entry().sub)));
  range.part = std::move(part).value_or(LabelPart{});
  return range;
}

void put_part(Work& work, const LabelPart& part) {
  work.put(state_key::label_part(work.entry().sub), part);
}

Result<LabelSpan> read_span(Work& work, const OwnRange& range) {
  const Data data(work.entry().data);
  LabelSpan span;
  NGUON_TRY(span.first, data.integer("first"));
  NGUON_TRY(span.last, data.integer("last"));
  if (span.first < range.part.first.value_or(0) || span.first > span.last ||
      span.last > range.part.last.value_or(range.record.count - 1)) {
    return invalid("label.interval", "/data/last", "0 <= first <= last < count of the range");
  }
  for (const auto& offer : range.part.offers) {
    if (span.first <= offer.last && offer.first <= span.last) {
      return invalid("label.offered", "/data/first", offer.entry);
    }
  }
  return span;
}

Result<LabelPiece> standing(Work& work, const LabelSpan& span) {
  NGUON_TRY(auto piece, LabelBook(work, work.entry().sub).piece(span.first, span.last));
  if (piece.until < span.last) {
    const auto first = std::to_string(span.first);
    const auto until = std::to_string(piece.until);
    return invalid("label.mixed", "/data/last",
                   "Cùng trạng thái: từ " + first + " đến " + until + ".\nAlike: " + first +
                       " to " + until + ".");
  }
  return piece;
}

Error stuck(LabelState state) {
  switch (state) {
    case LabelState::allocated:
      return invalid("label.not-printed", "/data/first");
    case LabelState::printed:
      return invalid("label.printed", "/data/first");
    case LabelState::applied:
      return invalid("label.used", "/data/first");
    case LabelState::lost:
      return invalid("label.lost", "/data/first");
    case LabelState::voided:
      return invalid("label.void", "/data/first");
    case LabelState::returned:
      return invalid("label.returned", "/data/first");
    case LabelState::given:
      return invalid("label.given", "/data/first");
  }
  return invalid("label.void", "/data/first");
}

Result<LabelAccount> account_of(Work& work, const std::string& batch) {
  NGUON_TRY(auto account, work.find<LabelAccount>(state_key::label_account(batch)));
  return std::move(account).value_or(LabelAccount{});
}

void put_account(Work& work, const std::string& batch, const LabelAccount& account) {
  work.put(state_key::label_account(batch), account);
}

// A request is named by its entry, because that is what a person signed; it serves once.
Result<LabelRequest> unused_request(Work& work, const std::string& id, const std::string& field) {
  NGUON_TRY(const auto entry, work.need<EntryRecord>(state_key::entry(id), unknown_request(field)));
  if (!entry.sub.starts_with("request:")) {
    return invalid("label.request", field, "the entry id of a label.request");
  }
  NGUON_TRY(auto record, named<RequestRecord>(work, entry.sub, field));
  if (record.used) return invalid("label.request-used", field, "each request serves once");
  return LabelRequest{entry.sub, std::move(record)};
}

void use_request(Work& work, LabelRequest& request) {
  request.record.used = work.logged().id;
  work.put(state_key::subject(request.sub), request.record);
}

Result<LabelledBatch> labelled_batch(Work& work) {
  LabelledBatch batch;
  NGUON_TRY(batch.sub, Data(work.entry().data).text("batch"));
  NGUON_TRY(batch.record, named<BatchRecord>(work, batch.sub, "/data/batch"));
  if (batch.record.holder != work.maker().org) {
    return Error{Errc::forbidden, "role.relation", "/data/batch", "in another's hands"};
  }
  NGUON_TRY(batch.account, account_of(work, batch.sub));
  if (batch.account.closed) return invalid("batch.closed", "/data/batch", *batch.account.closed);
  NGUON_CHECK(settle_pack(work, batch.record));
  NGUON_CHECK(approve_extra(work, batch.sub, batch.record));
  return batch;
}

Result<void> check_allowance(const Work& work, const BatchRecord& batch, std::int64_t waiting,
                             std::int64_t more) {
  NGUON_TRY(const auto sum, allowance_of(work.bundle(), batch));
  const auto wanted = batch.labels + waiting + more;
  if (wanted <= sum.allowed) return {};
  const auto digits = [](std::int64_t number) { return std::to_string(number); };
  return invalid("label.allowance", "/data/last",
                 sum.text.vi + " Đã dán " + digits(batch.labels) + ", đã in chờ dán " +
                     digits(waiting) + ", lần này " + digits(more) + ": thành " + digits(wanted) +
                     " tem, vượt " + digits(wanted - sum.allowed) + ".\n" + sum.text.en + " " +
                     digits(batch.labels) + " on goods, " + digits(waiting) +
                     " printed and waiting, " + digits(more) + " now: " + digits(wanted) +
                     ", which is " + digits(wanted - sum.allowed) + " too many.");
}

}  // namespace nguon::ledger
