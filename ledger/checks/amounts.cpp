#include "ledger/apply/data.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/rules.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/checks/checks.hpp"

// Checks that weigh: what comes out against what goes in, what is picked against what land can
// bear.
namespace nguon::ledger::checks {
namespace {

using schemas::Micro;

struct Bounds {
  int least_permille = 0;
  int most_permille = 0;
};

// Packing changes nothing but loses a little; a step of a chain has the yields of chains.json.
std::optional<Bounds> bounds_of(const schemas::Bundle& bundle, const Entry& entry,
                                const std::string& crop) {
  const int tolerance = bundle.thresholds().balance_tolerance_permille;
  const auto base = base_of(entry.type);
  if (base == "batch.deliver" || base == "batch.pack" || base == "batch.receive")
    return Bounds{1000 - tolerance, 1000 + tolerance};
  const auto step_name = Data(entry.data).text("step");
  const auto* chain = bundle.chains().find(crop);
  if (chain == nullptr || !step_name) return std::nullopt;
  const auto step = chain->steps.find(*step_name);
  if (step == chain->steps.end() || !step->second.least_permille || !step->second.most_permille) {
    return std::nullopt;
  }
  return Bounds{*step->second.least_permille, *step->second.most_permille};
}

std::optional<Micro> total_in(const Entry& entry, const schemas::UnitTable& units) {
  Micro total;
  for (const auto& input : entry.from) {
    const auto qty = to_quantity(input.amount, input.unit, units, {});
    const auto sum =
        qty && qty->dimension == "mass" ? schemas::checked_add(total, qty->amount) : std::nullopt;
    if (!sum) return std::nullopt;
    total = *sum;
  }
  return total;
}

// Whether a·x > b·y, exactly.
std::optional<bool> exceeds(const Micro& a, int x, const Micro& b, int y) {
  const auto left = schemas::checked_mul(a, x);
  const auto right = schemas::checked_mul(b, y);
  if (!left || !right) return std::nullopt;
  return *left > *right;
}

}  // namespace

Result<void> Checker::check_balance(std::uint64_t index, const Entry& entry) {
  const auto qty = Data(entry.data).quantity("qty", bundle_.units());
  NGUON_TRY(const auto batch, read_record<BatchRecord>(source_, state_key::subject(entry.sub)));
  std::string crop;
  if (batch) {
    NGUON_TRY(const auto product,
              read_record<ProductRecord>(source_, state_key::subject(batch->product)));
    if (product) crop = product->crop;
  }
  const auto bounds = bounds_of(bundle_, entry, crop);
  const auto in = total_in(entry, bundle_.units());
  if (!qty || qty->dimension != "mass" || !in || !bounds) {
    find("check.balance", Verdict::no_data, index, entry.sub, "not weighed on both sides");
    return {};
  }
  // A batch of one entry stands corrected in the state; a ticket of a lot is taken as it was
  // written.
  const Micro out = batch && batch->tickets == 1 ? batch->credited : qty->amount;
  const auto too_much = exceeds(out, 1000, *in, bounds->most_permille);
  const auto too_little = exceeds(*in, bounds->least_permille, out, 1000);
  const auto said = "out " + schemas::print(out) + " of in " + schemas::print(*in);
  if (!too_much || !too_little) {
    find("check.balance", Verdict::no_data, index, entry.sub, "beyond 128 bits");
  } else if (*too_much) {
    find("check.balance", Verdict::impossible, index, entry.sub, said);
  } else {
    find("check.balance", *too_little ? Verdict::doubtful : Verdict::fine, index, entry.sub, said);
  }
  return {};
}

Result<void> Checker::check_yield(std::uint64_t index, const Entry& entry) {
  NGUON_TRY(const auto batch, read_record<BatchRecord>(source_, state_key::subject(entry.sub)));
  if (!batch || !batch->site || batch->dimension != "mass") return {};
  const auto mark = *batch->site + batch->first + batch->product + schemas::print(batch->credited);
  if (!harvests_.insert(mark).second) {
    find("check.twice", Verdict::doubtful, index, entry.sub, "the same picking was entered before");
  }
  NGUON_TRY(const auto site, read_record<SiteRecord>(source_, state_key::subject(*batch->site)));
  NGUON_TRY(const auto product,
            read_record<ProductRecord>(source_, state_key::subject(batch->product)));
  const auto* chain = product ? bundle_.chains().find(product->crop) : nullptr;
  if (!site || !site->area || chain == nullptr || chain->yield_most_kg_ha == 0) return {};
  const auto year = batch->first.substr(0, 4);
  auto& sum = yields_[{*batch->site, year}];
  const auto total = schemas::checked_add(sum, batch->credited);
  if (!total) return {};
  sum = *total;
  // kg·10⁶ against m²·10⁶ · kg per ha / 10,000 m² per ha.
  const auto weighed = schemas::checked_mul(sum, 10'000);
  const auto most = schemas::checked_mul(*site->area, chain->yield_most_kg_ha);
  const auto warn = schemas::checked_mul(*site->area, chain->yield_warn_kg_ha);
  if (!weighed || !most || !warn || *weighed <= *warn) return {};
  find("check.yield", *weighed > *most ? Verdict::impossible : Verdict::doubtful, index,
       *batch->site,
       schemas::print(sum) + " kg in " + year + " on " + schemas::print(*site->area) + " m2");
  return {};
}

}  // namespace nguon::ledger::checks
