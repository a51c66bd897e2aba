#include "server/pages/product_source.hpp"

#include "ledger/apply/data.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/pack_size.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/trace.hpp"
#include "server/pages/trace_view.hpp"

#include <utility>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;

/// Entries of a product that state nothing (its end) are few; a page reads no further back than this.
constexpr int most_entries_back = 16;

/// Sizes of the newest entry that states the record whole. A logged entry was held against its schema
/// and its rules, so what cannot be read is of a later major, and told by nobody here.
ledger::Result<std::vector<std::string>> stated_sizes(const trace::Source& source,
                                                      const std::string& sub,
                                                      const schemas::Bundle& bundle) {
  std::vector<std::string> sizes;
  NGUON_TRY(const auto head,
            ledger::read_record<ledger::HeadRecord>(source, ledger::state_key::head(sub)));
  std::optional<std::string> at = head ? std::optional(head->head) : std::nullopt;
  for (int back = 0; at && back < most_entries_back; ++back) {
    NGUON_TRY(const auto leaf, source.find(*at));
    if (!leaf) break;
    NGUON_TRY(const auto opened, trace::open_leaf(*leaf));
    const ledger::Entry& entry = opened.effective;
    at = entry.prev;
    if (!entry.is("product.add") && !entry.is("product.update")) continue;
    const auto* packs = entry.data.if_contains("packs");
    if (packs == nullptr || !packs->is_array()) break;
    for (const auto& pack : packs->get_array()) {
      if (!pack.is_object()) continue;
      const auto size =
          ledger::Data(pack.get_object(), "/data/packs").quantity("size", bundle.units());
      if (size) sizes.push_back(pack_line(size->amount, size->dimension, bundle));
    }
    break;
  }
  return sizes;
}

}  // namespace

ledger::Result<std::optional<ProductView>> product_view(const trace::Source& source,
                                                        const schemas::Bundle& bundle,
                                                        const std::string& gtin14,
                                                        std::int64_t now_ms) {
  const trace::Trace reader(source, bundle, now_ms);
  NGUON_TRY(const auto product, reader.product_of_gtin(gtin14));
  if (!product) return std::optional<ProductView>();
  ProductView view;
  view.gtin = gtin14;
  view.sub = product->sub;
  view.crop = product->record.crop;
  view.product = product->record.name;
  view.product_en = product->record.name_en.value_or("");
  view.retired = product->record.retired.value_or("");
  // What the record says of the product as a whole outlives what it once said of one size.
  if (product->record.gtin != gtin14) {
    NGUON_TRY(const auto size, ledger::read_record<ledger::PackSizeRecord>(
                                   source, ledger::state_key::gtin_size(gtin14)));
    if (size) view.pack = pack_line(size->size, size->dimension, bundle);
  }
  NGUON_TRY(view.sizes, stated_sizes(source, product->sub, bundle));
  NGUON_TRY(const auto org, reader.org(product->record.org));
  if (org) {
    view.org = org->record.name;
    view.commune = org->place.commune;
    view.province = org->place.province;
  }
  NGUON_TRY(const auto decisions, reader.ocop(product->sub, product->record.org));
  view.ocop = ocop_line(decisions, {});
  return std::optional<ProductView>(std::move(view));
}

ProductSource product_source(const ledger::Ledger& ledger, const schemas::Bundle& bundle) {
  return [&ledger, &bundle](const std::string& gtin14, std::int64_t now_ms) {
    return product_view(trace::LedgerSource(ledger), bundle, gtin14, now_ms);
  };
}

}  // namespace nguon::server
