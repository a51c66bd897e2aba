#include "ledger/apply/goods.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// More than any batch earns; the newest are what a page shows.
constexpr std::size_t max_recalls = 16;

// The quantity of one entry becomes another one: the batch moves by the difference.
Result<void> correct_quantity(Work& work, BatchRecord& batch, EntryRecord& target) {
  NGUON_TRY(const auto qty, Data(work.entry().data).quantity("value", work.bundle().units()));
  if (qty.dimension != batch.dimension) {
    return invalid("quantity.dimension", "/data/value/unit", "measured by " + batch.dimension);
  }
  if (!target.credit) return invalid("correct.pointer", "/data/pointer", "it has no quantity");
  const auto without = schemas::checked_sub(batch.credited, *target.credit);
  const auto with = without ? schemas::checked_add(*without, qty.amount) : std::nullopt;
  if (!with) return invalid("quantity.overflow", "/data/value", "beyond 128 bits");
  batch.credited = *with;
  target.credit = qty.amount;
  if (batch.debited > batch.credited) work.flag("flag.overdraw");
  return {};
}

// A lot's other tickets keep the dates they have, so its interval can only widen here; a batch of
// one entry takes the new date as its own.
Result<void> correct_date(Work& work, BatchRecord& batch) {
  NGUON_TRY(const auto on, Data(work.entry().data).date("value"));
  batch.first = batch.tickets == 1 ? on : std::min(batch.first, on);
  batch.last = batch.tickets == 1 ? on : std::max(batch.last, on);
  return {};
}

Result<void> correct_pack(Work& work, BatchRecord& batch) {
  NGUON_TRY(const auto content, Data(work.entry().data).quantity("value", work.bundle().units()));
  if (content.dimension != batch.dimension || content.amount.value() <= 0) {
    return invalid("quantity.dimension", "/data/value", "measured by " + batch.dimension);
  }
  batch.pack = content.amount;
  return {};
}

// Members that the state repeats. All others of a record are corrected in its history alone.
Result<void> correct_state(Work& work, const std::string& pointer, BatchRecord& batch,
                           EntryRecord& target) {
  const Data data(work.entry().data);
  if (pointer == "/qty") return correct_quantity(work, batch, target);
  if (pointer == "/on") return correct_date(work, batch);
  if (pointer == "/site") {
    NGUON_TRY(const auto site, data.text("value"));
    NGUON_CHECK(named<SiteRecord>(work, site, "/data/value"));
    if (batch.tickets == 1) batch.site = site;
  } else if (pointer == "/product") {
    NGUON_TRY(const auto product, data.text("value"));
    NGUON_CHECK(named<ProductRecord>(work, product, "/data/value"));
    if (batch.tickets != 1) return invalid("batch.product", "/data/pointer", "a lot gathers one");
    batch.product = product;
  } else if (batch.kind == "pack" && pointer == "/pack") {
    return correct_pack(work, batch);
  } else if (batch.kind == "pack" && pointer == "/expires") {
    NGUON_TRY(batch.expires, data.date("value"));
  } else if (batch.kind == "pack" && pointer == "/count") {
    NGUON_TRY(batch.count, data.integer("value"));
  } else if (pointer.starts_with("/qty/") || pointer.starts_with("/pack/")) {
    // An amount without its unit has no size.
    return invalid("correct.pointer", "/data/pointer", "correct the whole quantity");
  }
  return {};
}

}  // namespace

Result<void> correct(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto target_id, data.text("target"));
  NGUON_TRY(const auto pointer, data.text("pointer"));
  NGUON_TRY(auto target,
            work.need<EntryRecord>(state_key::entry(target_id),
                                   Error{Errc::not_yet, "entry.unknown", "/data/target",
                                         "the log does not hold this entry yet"}));
  if (target.sub != work.entry().sub) {
    return invalid("correct.target", "/data/target", "an entry of this batch");
  }
  if (!data.has("value")) return {};  // a private slot: nothing public changes
  NGUON_TRY(auto batch, own<BatchRecord>(work));
  NGUON_CHECK(correct_state(work, pointer, batch, target));
  put_own(work, batch);
  work.put(state_key::entry(target_id), target);
  return {};
}

Result<void> recall(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto batch, own<BatchRecord>(work));
  NGUON_TRY(const auto lifts, data.maybe_text("lifts"));
  if (lifts) {
    const auto lifted =
        std::erase_if(batch.recalls, [&](const Recall& r) { return r.entry == *lifts; });
    if (lifted == 0) return invalid("recall.lifts", "/data/lifts", "no such recall stands");
  } else {
    Recall standing;
    standing.entry = work.logged().id;
    NGUON_TRY(standing.on, data.date("on"));
    NGUON_TRY(standing.reason, data.text("reason"));
    NGUON_TRY(standing.action, data.text("action"));
    if (batch.recalls.size() == max_recalls) batch.recalls.erase(batch.recalls.begin());
    batch.recalls.push_back(std::move(standing));
  }
  put_own(work, batch);
  return {};
}

}  // namespace nguon::ledger
