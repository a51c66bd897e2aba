#include "ledger/apply/label_rules.hpp"
#include "ledger/apply/label_runs.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Range numbers are 24 bits and epochs one base-32 symbol of the serial (DESIGN §6).
constexpr std::int64_t max_range_number = (1 << 24) - 1;
constexpr std::int64_t max_epoch = 31;
constexpr std::int64_t max_range_count = 1 << 20;

bool is_major(const Work& work, std::string_view major) {
  const std::string_view type = work.entry().type;
  return type.substr(type.find('/') + 1) == major;
}

// A label.void/1 over labels of which nothing newer was ever said writes what it always did, also
// where some of them are on goods and some are not.
Result<bool> is_plain_void(Work& work, const LabelSpan& span) {
  if (!is_major(work, "1")) return false;
  for (const auto layer :
       {LabelLayer::printed, LabelLayer::lost, LabelLayer::returned, LabelLayer::given}) {
    NGUON_TRY(const bool meets, runs_meet(work, work.entry().sub, layer, span.first, span.last));
    if (meets) return false;
  }
  return true;
}

Result<void> refuse_met(Work& work, const LabelSpan& span, LabelLayer layer, const char* rule) {
  NGUON_TRY(const bool met, runs_meet(work, work.entry().sub, layer, span.first, span.last));
  if (met) return invalid(rule, "/data/first", "some of these labels");
  return {};
}

// They leave the place they were counted in for the place of what is void.
Result<void> account_for_void(Work& work, const LabelSpan& span) {
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state == LabelState::returned || piece.state == LabelState::given) {
    return stuck(piece.state);
  }
  if (piece.batch().empty()) return {};
  NGUON_TRY(auto account, account_of(work, piece.batch()));
  (piece.applied ? account.goods_void : account.voided) += span.size();
  if (piece.state == LabelState::lost) {
    (piece.applied ? account.goods_lost : account.lost) -= span.size();
  }
  put_account(work, piece.batch(), account);
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
    // A director who adopts somebody else's request and then applies the labels would be both of
    // the two persons. Rules older than the account of labels let it pass, and go on as they were.
    if (request.person != work.signer().person && work.bundle().find("label.print/1") != nullptr) {
      return Error{Errc::forbidden, "label.director", "/data/extra", "by the own signature"};
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
  use_request(work, request);
  work.set_owner(range.org);
  work.put(state_key::epoch(range.epoch), EpochRecord{range.number});
  work.put(state_key::range_number(range.epoch, range.number), PointerRecord{work.entry().sub});
  put_own(work, range);
  return {};
}

Result<void> apply_labels(Work& work) {
  NGUON_TRY(auto range, own_range(work));
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_CHECK(refuse_met(work, span, LabelLayer::voided, "label.void"));
  NGUON_CHECK(refuse_met(work, span, LabelLayer::applied, "label.overlap"));
  NGUON_TRY(auto batch, labelled_batch(work));
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state != LabelState::allocated && piece.state != LabelState::printed) {
    return stuck(piece.state);
  }
  if (!piece.printed_for.empty() && piece.printed_for != batch.sub) {
    return invalid("label.other-batch", "/data/batch", piece.printed_for);
  }
  // What waits on a roll for this batch is as good as on it, but for these very labels.
  const auto waiting = piece.printed_for.empty() ? batch.account.on_hand() : 0;
  NGUON_CHECK(check_allowance(work, batch.record, waiting, span.size()));
  if (!batch.record.recalls.empty()) work.flag("flag.input-recalled");
  if (!piece.printed_for.empty()) {
    batch.account.used += span.size();
    put_account(work, batch.sub, batch.account);
  }
  batch.record.labels += span.size();
  range.record.applied += span.size();
  NGUON_CHECK(add_run(work, work.entry().sub, LabelLayer::applied,
                      Interval{span.first, span.last, batch.sub}));
  work.put(state_key::subject(batch.sub), batch.record);
  put_own(work, range.record);
  return {};
}

Result<void> void_labels(Work& work) {
  NGUON_TRY(auto range, own_range(work));
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_CHECK(refuse_met(work, span, LabelLayer::voided, "label.void"));
  NGUON_TRY(const bool plain, is_plain_void(work, span));
  if (!plain) {
    NGUON_CHECK(account_for_void(work, span));
  }
  range.record.voided += span.size();
  NGUON_CHECK(add_run(
      work, work.entry().sub, LabelLayer::voided,
      Interval{span.first, span.last, is_major(work, "1") ? std::string() : work.logged().id}));
  put_own(work, range.record);
  return {};
}

}  // namespace nguon::ledger
