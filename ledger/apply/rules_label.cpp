#include "ledger/apply/goods.hpp"
#include "ledger/apply/label_runs.hpp"
#include "ledger/base/json.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Range numbers are 24 bits and epochs one base-32 symbol of the serial (DESIGN §6).
constexpr std::int64_t max_range_number = (1 << 24) - 1;
constexpr std::int64_t max_epoch = 31;
constexpr std::int64_t max_range_count = 1 << 20;

Error unknown_entry(const std::string& field) {
  return {Errc::not_yet, "entry.unknown", field, "the log does not hold this entry yet"};
}

struct Request {
  std::string sub;
  RequestRecord record;
};

// A request is named by its entry, because that is what a person signed; it serves once.
Result<Request> unused_request(Work& work, const std::string& id, const std::string& field) {
  NGUON_TRY(const auto entry, work.need<EntryRecord>(state_key::entry(id), unknown_entry(field)));
  if (!entry.sub.starts_with("request:")) {
    return invalid("label.request", field, "the entry id of a label.request");
  }
  NGUON_TRY(auto record, named<RequestRecord>(work, entry.sub, field));
  if (record.used) return invalid("label.request-used", field, "each request serves once");
  return Request{entry.sub, std::move(record)};
}

void use(Work& work, Request& request) {
  request.record.used = work.logged().id;
  work.put(state_key::subject(request.sub), request.record);
}

struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t size() const { return last - first + 1; }
};

Result<Span> span_within(Work& work, const RangeRecord& range) {
  const Data data(work.entry().data);
  Span span;
  NGUON_TRY(span.first, data.integer("first"));
  NGUON_TRY(span.last, data.integer("last"));
  if (span.first < 0 || span.first > span.last || span.last >= range.count) {
    return invalid("label.interval", "/data/last", "0 <= first <= last < count of the range");
  }
  NGUON_TRY(const bool voided,
            runs_meet(work, work.entry().sub, state_key::Run::voided, span.first, span.last));
  if (voided) return invalid("label.void", "/data/first", "some of these labels are void");
  return span;
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

// DESIGN §6: floor(net · 102 / (pack · 100)) in integers. The sums fit: admission bounds an amount
// to 10^18 · 10^6, but a corrected balance is checked all the same.
Result<std::int64_t> allowance(const Work& work, const BatchRecord& batch) {
  const auto& thresholds = work.bundle().thresholds();
  const auto net = schemas::checked_mul(batch.credited, thresholds.label_allowance_numerator);
  const auto pack = schemas::checked_mul(*batch.pack, thresholds.label_allowance_denominator);
  const auto labels = net && pack ? schemas::checked_floor_div(*net, *pack) : std::nullopt;
  if (!labels) return invalid("quantity.overflow", "/data/pack", "beyond 128 bits");
  return static_cast<std::int64_t>(std::min<Amount::Wide>(*labels, max_safe_integer));
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
  use(work, request);
  return {};
}

}  // namespace

Result<void> request_labels(Work& work) {
  const Data data(work.entry().data);
  RequestRecord request;
  request.org = work.maker().org;
  request.person = work.maker().person;
  NGUON_TRY(request.count, data.maybe_integer("count"));
  NGUON_TRY(request.batch, data.maybe_text("batch"));
  NGUON_TRY(request.extra, data.maybe_integer("extra"));
  NGUON_TRY(request.reason, data.maybe_text("reason"));
  if (request.count.has_value() == request.extra.has_value()) {
    return invalid("label.request", "/data", "either count, or batch, extra and reason");
  }
  const auto wanted = request.count ? *request.count : *request.extra;
  if (wanted < 1 || wanted > max_range_count) {
    return invalid("label.count", request.count ? "/data/count" : "/data/extra", "1 to 2^20");
  }
  if (request.extra) {
    if (!request.batch) return invalid("data.member", "/data/batch", "missing");
    const auto& roles = work.signer().roles;
    if (std::find(roles.begin(), roles.end(), "director") == roles.end()) {
      return Error{Errc::forbidden, "label.director", "/data/extra", "a director approves more"};
    }
    NGUON_TRY(const auto batch, named<BatchRecord>(work, *request.batch, "/data/batch"));
    if (batch.holder != request.org) {
      return Error{Errc::forbidden, "role.relation", "/data/batch", "in another's hands"};
    }
  }
  put_own(work, request);
  return {};
}

Result<void> grant_range(Work& work) {
  const Data data(work.entry().data);
  RangeRecord range;
  NGUON_TRY(range.org, data.text("org"));
  NGUON_TRY(range.request, data.text("request"));
  NGUON_TRY(range.number, data.integer("number"));
  NGUON_TRY(range.count, data.integer("count"));
  NGUON_TRY(range.epoch, data.integer("epoch"));
  NGUON_TRY(range.serial_root, data.text("serial_root"));
  if (range.epoch < 0 || range.epoch > max_epoch) {
    return invalid("label.epoch", "/data/epoch", "0 to 31");
  }
  NGUON_TRY(const auto epoch, work.find<EpochRecord>(state_key::epoch(range.epoch)));
  const std::int64_t next = epoch ? epoch->last + 1 : 0;
  if (range.number != next || next > max_range_number) {
    return invalid("label.number", "/data/number", "expected " + std::to_string(next));
  }
  NGUON_TRY(auto request, unused_request(work, range.request, "/data/request"));
  if (!request.record.count || request.record.org != range.org) {
    return invalid("label.request", "/data/request", "not a request of this organisation");
  }
  if (range.count < 1 || range.count > *request.record.count) {
    return invalid("label.count", "/data/count", "1 to what was asked for");
  }
  // The service's own organisation is never suspended, so that of the labels is asked here.
  NGUON_TRY(const auto org, named<OrgRecord>(work, range.org, "/data/org"));
  if (org.status != "active") {
    return Error{Errc::forbidden, "org.suspended", "/data/org", "it is " + org.status};
  }
  use(work, request);
  work.set_owner(range.org);
  work.put(state_key::epoch(range.epoch), EpochRecord{range.number});
  work.put(state_key::range_number(range.epoch, range.number), PointerRecord{work.entry().sub});
  put_own(work, range);
  return {};
}

Result<void> apply_labels(Work& work) {
  NGUON_TRY(auto range, own<RangeRecord>(work));
  NGUON_TRY(const auto span, span_within(work, range));
  NGUON_TRY(const bool taken,
            runs_meet(work, work.entry().sub, state_key::Run::applied, span.first, span.last));
  if (taken) return invalid("label.overlap", "/data/first", "some of these labels are applied");

  NGUON_TRY(const auto sub, Data(work.entry().data).text("batch"));
  NGUON_TRY(auto batch, named<BatchRecord>(work, sub, "/data/batch"));
  if (batch.holder != work.maker().org) {
    return Error{Errc::forbidden, "role.relation", "/data/batch", "in another's hands"};
  }
  NGUON_CHECK(settle_pack(work, batch));
  NGUON_CHECK(approve_extra(work, sub, batch));
  NGUON_TRY(const auto allowed, allowance(work, batch));
  if (batch.labels + span.size() > allowed + batch.extra) {
    return invalid("label.allowance", "/data/last",
                   "allowed " + std::to_string(allowed + batch.extra) + ", applied " +
                       std::to_string(batch.labels));
  }
  if (!batch.recalls.empty()) work.flag("flag.input-recalled");
  batch.labels += span.size();
  range.applied += span.size();
  NGUON_CHECK(add_run(work, work.entry().sub, state_key::Run::applied,
                      Interval{span.first, span.last, sub}));
  work.put(state_key::subject(sub), batch);
  put_own(work, range);
  return {};
}

Result<void> void_labels(Work& work) {
  NGUON_TRY(auto range, own<RangeRecord>(work));
  NGUON_TRY(const auto span, span_within(work, range));
  range.voided += span.size();
  NGUON_CHECK(
      add_run(work, work.entry().sub, state_key::Run::voided, Interval{span.first, span.last, {}}));
  put_own(work, range);
  return {};
}

}  // namespace nguon::ledger
