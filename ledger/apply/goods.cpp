#include "ledger/apply/goods.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

Error overflow(const std::string& field) {
  return invalid("quantity.overflow", field, "beyond 128 bits of 10^-6 base units");
}

Error dimension(const std::string& field, const std::string& base) {
  return invalid("quantity.dimension", field, "this batch is measured by " + base);
}

Result<void> debit(Work& work, const Input& input, const std::string& field) {
  if (!input.sub.starts_with("batch:")) return invalid("from.kind", field, "a batch");
  if (input.sub == work.entry().sub) return invalid("from.self", field, "a batch consumes another");
  NGUON_TRY(auto batch, named<BatchRecord>(work, input.sub, field));
  NGUON_TRY(const auto qty,
            to_quantity(input.amount, input.unit, work.bundle().units(), field + "/qty"));
  if (qty.dimension != batch.dimension) return dimension(field + "/qty/unit", batch.dimension);
  const auto debited = schemas::checked_add(batch.debited, qty.amount);
  if (!debited) return overflow(field + "/qty");
  batch.debited = *debited;
  if (batch.debited > batch.credited) work.flag("flag.overdraw");
  if (!batch.recalls.empty()) work.flag("flag.input-recalled");
  work.put(state_key::subject(input.sub), batch);
  return {};
}

}  // namespace

Result<Credit> read_credit(Work& work) {
  const Data data(work.entry().data);
  Credit credit;
  NGUON_TRY(credit.product, data.text("product"));
  NGUON_TRY(credit.site, data.maybe_text("site"));
  NGUON_TRY(credit.on, data.date("on"));
  NGUON_TRY(credit.qty, data.quantity("qty", work.bundle().units()));
  if (credit.qty.dimension == "area")
    return invalid("quantity.dimension", "/data/qty", "goods, not land");
  NGUON_TRY(const auto product, named<ProductRecord>(work, credit.product, "/data/product"));
  if (product.retired && *product.retired <= credit.on) work.flag("flag.product-retired");
  if (credit.site) {
    NGUON_TRY(const auto site, named<SiteRecord>(work, *credit.site, "/data/site"));
    if (site.retired && *site.retired <= credit.on) work.flag("flag.site-retired");
    if (site.org != work.maker().org) work.flag("flag.site-of-another");
  }
  return credit;
}

BatchRecord start_batch(const Work& work, std::string kind, const Credit& credit) {
  BatchRecord batch;
  batch.kind = std::move(kind);
  batch.org = work.maker().org;
  batch.holder = work.maker().org;
  batch.product = credit.product;
  batch.site = credit.site;
  batch.dimension = credit.qty.dimension;
  batch.first = credit.on;
  batch.last = credit.on;
  return batch;
}

Result<void> credit_batch(BatchRecord& batch, const Credit& credit) {
  if (credit.qty.dimension != batch.dimension) return dimension("/data/qty/unit", batch.dimension);
  const auto credited = schemas::checked_add(batch.credited, credit.qty.amount);
  if (!credited) return overflow("/data/qty");
  batch.credited = *credited;
  batch.first = std::min(batch.first, credit.on);
  batch.last = std::max(batch.last, credit.on);
  ++batch.tickets;
  return {};
}

Result<std::vector<std::string>> debit_inputs(Work& work) {
  std::vector<std::string> subjects;
  const auto& inputs = work.entry().from;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    NGUON_CHECK(debit(work, inputs[i], "/from/" + std::to_string(i)));
    if (std::find(subjects.begin(), subjects.end(), inputs[i].sub) == subjects.end()) {
      subjects.push_back(inputs[i].sub);
    }
  }
  return subjects;
}

}  // namespace nguon::ledger
