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

ledger::Result<LabelPages::Shared> LabelPages::holding(Shared kept, const std::string& day,
                                                       std::uint64_t generation) const {
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
  const Shared before = pages_.find(page_name(**stands, product, context.lang));
  const auto known = holding(before, day, generation);
  if (!known) return unknown();
  if (*known) {
    keep_place((*known)->name);
    return *known;
  }
  if (before && on_outdated) on_outdated();
  auto made = make(context, serial, product, generation);
  if (!made) return unknown();
  if (std::holds_alternative<NeverIssued>(*made)) return never_issued();
  if (auto* const page = std::get_if<Page>(&*made)) return std::move(*page);
  const Shared& kept = std::get<Shared>(*made);
  pages_.keep(kept->name, kept);
  keep_place(kept->name);
  return kept;
}

ledger::Result<LabelPages::Made> LabelPages::make(const PageContext& context,
                                                  const std::string& serial,
                                                  const labels::ProductLink* product,
                                                  std::uint64_t generation) const {
  NGUON_TRY(auto scan, told(serial, product, context.now_ms));
  if (!scan) return Made(NeverIssued());
  Page page = scan_page(scan->view, context);
  auto cut = LabelPage::of(page.html, serial, context.lang);
  if (!cut) return Made(std::move(page));
  const bool personal = !scan->view.growers.empty();
  scan->view.growers.clear();
  scan->view.map.cells.clear();
  return Made(Shared(new KeptLabelPage{
      .page = std::move(cut),
      // By the standing it was told of: the label's may have changed since it was asked.
      .name = page_name(scan->standing, product, context.lang),
      .serial = serial,
      .product = product != nullptr ? std::optional(*product) : std::nullopt,
      .context = context,
      .personal = personal,
      .nameless = std::move(scan->view),
      .still = std::move(scan->still),
      .day = vietnam_date(context.now_ms),
      .generation = generation,
  }));
}

void LabelPages::renew(std::int64_t now_ms, std::size_t most) {
  const std::string day = vietnam_date(now_ms);
  for (const Shared& kept : pages_.newest(most)) {
    const std::uint64_t generation = sources_.generation();
    // Somebody may have asked for it meanwhile.
    const auto holds = holding(pages_.peek(kept->name), day, generation);
    if (!holds) return;
    if (*holds) continue;
    PageContext context = kept->context;
    context.now_ms = now_ms;
    const auto made =
        make(context, kept->serial, kept->product ? &*kept->product : nullptr, generation);
    if (!made) return;
    const auto* const page = std::get_if<Shared>(&*made);
    // That label may have been taken out of use; its neighbours' page is made when one is asked for.
    if (page == nullptr || (*page)->name != kept->name) continue;
    (*page)->page->cut_like(*kept->page);
    pages_.replace(kept->name, *page);
  }
}

}  // namespace nguon::server
