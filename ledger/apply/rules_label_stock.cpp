#include "ledger/apply/label_rules.hpp"
#include "ledger/apply/label_runs.hpp"
#include "ledger/apply/rules_labels.hpp"

namespace nguon::ledger {
namespace {

// The same serials once more. Nothing moves: there is one good label of each before and after,
// because somebody declares that the old one is no more.
Result<void> reprint(Work& work, OwnRange& range, const LabelSpan& span) {
  NGUON_TRY(const auto how, Data(work.entry().data).object("reprint"));
  NGUON_TRY(const bool destroyed, how.boolean("destroyed"));
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state != LabelState::printed && piece.state != LabelState::applied) {
    return stuck(piece.state);
  }
  if (!destroyed) return invalid("label.destroyed", "/data/reprint/destroyed");
  range.part.reprinted += span.size();
  put_part(work, range.part);
  if (piece.batch().empty()) return {};
  NGUON_TRY(auto account, account_of(work, piece.batch()));
  account.reprinted += span.size();
  put_account(work, piece.batch(), account);
  return {};
}

// What waits on a roll is counted with what is on goods: the shortage is said before the paper is
// spent, and two clerks at two printers cannot pass the allowance together.
Result<std::string> print_for_batch(Work& work, const LabelSpan& span) {
  NGUON_TRY(auto batch, labelled_batch(work));
  NGUON_CHECK(check_allowance(work, batch.record, batch.account.on_hand(), span.size()));
  batch.account.printed += span.size();
  put_account(work, batch.sub, batch.account);
  work.put(state_key::subject(batch.sub), batch.record);
  return batch.sub;
}

Result<void> leave_for_good(Work& work, const LabelSpan& span, LabelLayer layer) {
  return add_run(work, work.entry().sub, layer, Interval{span.first, span.last, work.logged().id});
}

}  // namespace

Result<void> print_labels(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto range, own_range(work));
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_CHECK(data.date("on"));
  if (data.has("reprint")) return reprint(work, range, span);
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state != LabelState::allocated) return stuck(piece.state);
  std::string batch;
  if (data.has("batch")) {
    NGUON_TRY(batch, print_for_batch(work, span));
  }
  return add_run(work, work.entry().sub, LabelLayer::printed,
                 Interval{span.first, span.last, batch});
}

Result<void> lose_labels(Work& work) {
  NGUON_TRY(const auto range, own_range(work));
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_CHECK(Data(work.entry().data).date("on"));
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state > LabelState::applied) return stuck(piece.state);
  if (!piece.batch().empty()) {
    NGUON_TRY(auto account, account_of(work, piece.batch()));
    (piece.applied ? account.goods_lost : account.lost) += span.size();
    put_account(work, piece.batch(), account);
  }
  return leave_for_good(work, span, LabelLayer::lost);
}

Result<void> return_labels(Work& work) {
  NGUON_TRY(const auto range, own_range(work));
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_CHECK(Data(work.entry().data).date("on"));
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state > LabelState::printed) return stuck(piece.state);
  if (!piece.batch().empty()) {
    NGUON_TRY(auto account, account_of(work, piece.batch()));
    account.returned += span.size();
    put_account(work, piece.batch(), account);
  }
  return leave_for_good(work, span, LabelLayer::returned);
}

}  // namespace nguon::ledger
