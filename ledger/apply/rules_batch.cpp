#include "ledger/apply/goods.hpp"
#include "ledger/apply/records_labels.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Bounds a lot's record; beyond it a reader follows the lot's history instead.
constexpr std::size_t max_lot_inputs = 64;

void add_inputs(BatchRecord& lot, const std::vector<std::string>& consumed) {
  for (const auto& sub : consumed) {
    if (std::find(lot.inputs.begin(), lot.inputs.end(), sub) != lot.inputs.end()) continue;
    if (lot.inputs.size() == max_lot_inputs) {
      lot.inputs_cut = true;
      return;
    }
    lot.inputs.push_back(sub);
  }
}

// 600 households bring to one lot: a key each, so that the lot's own record stays small.
Result<void> count_person(Work& work, BatchRecord& lot) {
  const auto& person = work.entry().on_behalf_of;
  if (!person || !person->starts_with("person:")) return {};
  const auto key = state_key::brought(work.entry().sub, *person);
  NGUON_TRY(const auto before, work.find<PointerRecord>(key));
  if (before) return {};
  work.put(key, PointerRecord{*person});
  ++lot.people;
  return {};
}

// Late work is honest work: goods that came before the labels were accounted for are told after it.
Result<void> flag_closed(Work& work) {
  NGUON_TRY(const auto account,
            work.find<LabelAccount>(state_key::label_account(work.entry().sub)));
  if (account && account->closed) work.flag("flag.batch-closed");
  return {};
}

}  // namespace

Result<void> harvest(Work& work) {
  NGUON_TRY(const auto credit, read_credit(work));
  auto batch = start_batch(work, "harvest", credit);
  NGUON_CHECK(credit_batch(batch, credit));
  batch.people = 1;
  work.note_credit(credit.qty.amount);
  put_own(work, batch);
  return {};
}

Result<void> receive(Work& work) {
  NGUON_TRY(const auto credit, read_credit(work));
  NGUON_TRY(const auto known, work.find<BatchRecord>(state_key::subject(work.entry().sub)));
  if (known && known->kind != "lot") return invalid("batch.kind", "/sub", "not an intake lot");
  if (known && known->product != credit.product) {
    return invalid("batch.product", "/data/product", "a lot gathers one product");
  }
  if (known) {
    NGUON_CHECK(flag_closed(work));
  }
  auto lot = known ? *known : start_batch(work, "lot", credit);
  NGUON_CHECK(credit_batch(lot, credit));
  NGUON_TRY(const auto consumed, debit_inputs(work));
  add_inputs(lot, consumed);
  NGUON_CHECK(count_person(work, lot));
  work.note_credit(credit.qty.amount);
  put_own(work, lot);
  return {};
}

Result<void> deliver(Work& work) {
  NGUON_TRY(const auto credit, read_credit(work));
  auto batch = start_batch(work, "delivery", credit);
  NGUON_TRY(batch.inputs, debit_inputs(work));
  NGUON_CHECK(credit_batch(batch, credit));
  batch.people = 1;
  work.note_credit(credit.qty.amount);
  put_own(work, batch);
  return {};
}

Result<void> transform(Work& work) {
  NGUON_TRY(const auto credit, read_credit(work));
  auto batch = start_batch(work, "made", credit);
  NGUON_TRY(batch.step, Data(work.entry().data).text("step"));
  NGUON_TRY(batch.inputs, debit_inputs(work));
  NGUON_CHECK(credit_batch(batch, credit));
  work.note_credit(credit.qty.amount);
  put_own(work, batch);
  return {};
}

Result<void> pack(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto credit, read_credit(work));
  auto batch = start_batch(work, "pack", credit);
  NGUON_TRY(batch.lot, data.text("lot"));
  NGUON_TRY(batch.count, data.integer("count"));
  NGUON_TRY(batch.expires, data.maybe_date("expires"));
  NGUON_TRY(const auto content, data.quantity("pack", work.bundle().units()));
  if (content.dimension != credit.qty.dimension) {
    return invalid("quantity.dimension", "/data/pack/unit", "measured as the quantity is");
  }
  if (content.amount.value() <= 0) return invalid("quantity.amount", "/data/pack", "above zero");
  batch.pack = content.amount;
  NGUON_TRY(batch.inputs, debit_inputs(work));
  NGUON_CHECK(credit_batch(batch, credit));
  work.note_credit(credit.qty.amount);
  put_own(work, batch);
  return {};
}

}  // namespace nguon::ledger
