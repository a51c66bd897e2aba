#include "server/pages/label_pages.hpp"

#include "server/pages/answer_page.hpp"
#include "server/pages/scan_page.hpp"

#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t labels_of_a_page = 64;

/// Of a page among those kept. No part holds a line feed.
std::string page_name(const std::string& standing, const labels::ProductLink* product, Lang lang) {
  std::string name = standing;
  name += '\n';
  name += tag(lang);
  if (product == nullptr) return name;
  name += '\n' + product->gtin;
  if (product->lot) name += '\n' + *product->lot;
  return name;
}

Page last_known(const KeptLabelPage& kept, const PageContext& context, const std::string& serial,
                std::int64_t known_ms) {
  ScanView view = kept.nameless;
  view.serial = serial;
  return with_stale_notice(scan_page(view, context), context.lang, known_ms);
}

}  // namespace

LabelPages::LabelPages(const PageSources& sources, std::size_t pages)
    : sources_(sources), places_(pages * labels_of_a_page), pages_(pages) {}

ledger::Result<std::optional<std::string>> LabelPages::standing(const std::string& serial) const {
  if (sources_.standing) return sources_.standing(serial);
  return std::optional<std::string>(serial);
}

ledger::Result<std::optional<ToldScan>> LabelPages::told(const std::string& serial,
                                                         const labels::ProductLink* product,
                                                         std::int64_t now_ms) const {
  if (sources_.told) return sources_.told(serial, product, now_ms);
  NGUON_TRY(auto view, sources_.scan(serial, product, now_ms));
  if (!view) return std::optional<ToldScan>();
  return std::optional<ToldScan>({serial, std::move(*view), {}});
}

ledger::Result<LabelPages::Shared> LabelPages::holding(const std::string& name,
                                                       const std::string& day,
                                                       std::uint64_t generation) {
  Shared kept = pages_.find(name);
  if (!kept || kept->day != day) return Shared();
  if (kept->generation == generation) return kept;
  if (!kept->still) return Shared();
  NGUON_TRY(const bool holds, kept->still());
  if (!holds) return Shared();
  // Another thread may have come further, or less far: either is true of the page.
  kept->generation = generation;
  return kept;
}

LabelPages::Found LabelPages::find(const PageContext& context, const std::string& serial,
                                   const labels::ProductLink* product) {
  const std::string label = context.path + std::string(tag(context.lang));
  const std::string day = vietnam_date(context.now_ms);
  // Before reading: a page made while an entry is added may be too old, never marked too new.
  const std::uint64_t generation = sources_.generation();
  const auto place = places_.find(label);
  if (place && place->generation == generation && place->day == day) {
    const Shared kept = pages_.find(place->page);
    if (kept && kept->day == day && kept->generation == generation) return kept;
  }

  const auto unknown = [&]() -> Found {
    const Shared kept = place ? pages_.find(place->page) : nullptr;
    if (!kept) return unavailable_page(context);
    return last_known(*kept, context, serial, place->known_ms);
  };
  const auto keep_place = [&](std::string name) {
    places_.keep(label, std::make_shared<const Place>(
                            Place{std::move(name), day, generation, context.now_ms}));
  };
  const auto never_issued = [&] {
    return never_issued_page(context, serial, sources_.never_issued(serial, context.now_ms));
  };

  const auto stands = standing(serial);
  if (!stands) return unknown();
  if (!*stands) return never_issued();
  std::string name = page_name(**stands, product, context.lang);
  const auto known = holding(name, day, generation);
  if (!known) return unknown();
  if (*known) {
    keep_place(std::move(name));
    return *known;
  }

  auto scan = told(serial, product, context.now_ms);
  if (!scan) return unknown();
  if (!*scan) return never_issued();
  ToldScan& said = **scan;
  Page page = scan_page(said.view, context);
  auto kept = std::make_shared<KeptLabelPage>();
  kept->page = LabelPage::cut(page.html, serial, context.lang);
  if (!kept->page) return page;
  kept->personal = !said.view.growers.empty();
  said.view.growers.clear();
  said.view.map.cells.clear();
  kept->nameless = std::move(said.view);
  kept->still = std::move(said.still);
  kept->day = day;
  kept->generation = generation;
  // By the standing it was told of: the label's may have changed since it was asked.
  name = page_name(said.standing, product, context.lang);
  pages_.keep(name, kept);
  keep_place(std::move(name));
  return Shared(kept);
}

}  // namespace nguon::server
