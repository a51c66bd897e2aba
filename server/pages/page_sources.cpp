#include "server/pages/page_sources.hpp"

#include "ledger/log/statement.hpp"
#include "ledger/trace/kept_entries.hpp"
#include "ledger/trace/label_standing.hpp"
#include "ledger/trace/pack_gtin.hpp"
#include "ledger/trace/recorded_reads.hpp"
#include "ledger/trace/times.hpp"
#include "ledger/trace/trace.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/trace_view.hpp"
#include "server/rights/consent.hpp"
#include "server/rights/known_cells.hpp"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;

/// A page tells runs of like entries as one line, so it may read many; an intake lot of 600
/// households and its harvests stay below this.
constexpr trace::Limits page_limits{256, 2000, 64};
/// Some hundred batches' stories; some 20 MB of entries of a thousand octets.
constexpr std::size_t most_kept_entries = 4096;

ledger::Result<void> add_times(ProofRef& proof, const ledger::Ledger& ledger,
                               std::size_t witnesses) {
  NGUON_TRY(const auto times, trace::times_of(ledger, proof.index));
  if (times.seen && times.seen->ours) proof.after = times.seen->size;
  proof.witnesses = witnesses;
  if (!times.covering) return {};
  proof.cosigned = times.covering->by.size();
  proof.first_witness = times.covering->by.front().name;
  proof.first_signed = times.covering->by.front().at;
  return {};
}

/// Absent: never issued, or by no key of this place.
ledger::Result<std::optional<trace::LabelStanding>> standing_of(const ledger::Ledger& ledger,
                                                                const labels::SerialCodec& codec,
                                                                const std::string& serial) {
  const std::optional<trace::LabelStanding> none;
  const auto place = codec.decode(serial);
  if (!place) return none;
  NGUON_TRY(auto standing,
            trace::label_standing(trace::LedgerSource(ledger), place->epoch, place->range,
                                  static_cast<std::int64_t>(place->index)));
  if (standing.status == trace::LabelView::Status::never_issued) return none;
  return std::optional(std::move(standing));
}

/// Whose entries say so is no page's business.
std::vector<GridCell> cells_alone(const std::vector<KnownCell>& known) {
  std::vector<GridCell> cells;
  for (const KnownCell& one : known) cells.push_back(one.cell);
  return cells;
}

}  // namespace

PageSources page_sources(const ledger::Ledger& ledger, const labels::SerialCodec& codec,
                         const schemas::Bundle& bundle, std::size_t witnesses) {
  PageSources sources;
  const auto kept = std::make_shared<trace::KeptEntries>(most_kept_entries);
  // Labels of a standing differ in nothing that a page says.
  const auto standing_name = [](const trace::LabelStanding& standing) {
    return std::to_string(static_cast<int>(standing.status)) + ' ' + standing.record.org + ' ' +
           (standing.on_goods ? standing.batch : std::string("-"));
  };
  sources.standing = [&, standing_name](
                         const std::string& serial) -> ledger::Result<std::optional<std::string>> {
    NGUON_TRY(const auto standing, standing_of(ledger, codec, serial));
    if (!standing) return std::optional<std::string>();
    return std::optional(standing_name(*standing));
  };
  sources.told = [&, witnesses, standing_name, kept](const std::string& serial,
                                         const labels::ProductLink* product, std::int64_t now_ms)
      -> ledger::Result<std::optional<ToldScan>> {
    NGUON_TRY(const auto standing, standing_of(ledger, codec, serial));
    if (!standing) return std::optional<ToldScan>();
    // Noted from here on: what was read of this very label says nothing of others.
    const trace::LedgerSource source(ledger, kept.get());
    const trace::RecordedReads noted(source);
    const trace::Trace reader(noted, bundle, now_ms, page_limits);
    trace::LabelView label;
    label.status = standing->status;
    NGUON_TRY(label.org, reader.org(standing->record.org));
    trace::Timeline story;
    if (standing->on_goods) {
      NGUON_TRY(label.batch, reader.batch(standing->batch));
    }
    if (label.batch) {
      NGUON_TRY(story, reader.timeline(label.batch->origin.batches));
    }
    bool fits_gtin = false;
    if (product != nullptr && label.batch) {
      NGUON_TRY(fits_gtin, trace::fits_gtin(noted, product->gtin, *label.batch));
    }
    ToldScan told;
    told.standing = standing_name(*standing);
    told.view =
        scan_view(label, story, serial, product, fits_gtin, bundle, ledger.head().size);
    NGUON_TRY(told.view.growers, named_growers(ledger, noted, story, vietnam_date(now_ms)));
    std::vector<KnownCell> cells;
    if (label.batch) {
      NGUON_TRY(cells, known_cells(ledger, noted, label.batch->origin.sites));
    }
    told.view.map.cells = cells_alone(cells);
    if (told.view.proof) {
      NGUON_CHECK(add_times(*told.view.proof, ledger, witnesses));
    }
    // Names are read from what is private, where nothing is noted: they are asked for every time.
    if (told.view.growers.empty()) {
      told.still = [&, witnesses, reads = noted.taken(), cells = std::move(cells),
                    proof = told.view.proof]() -> ledger::Result<bool> {
        if (proof) {
          ProofRef now = *proof;
          NGUON_CHECK(add_times(now, ledger, witnesses));
          if (now != *proof) return false;
        }
        NGUON_TRY(const bool known, still_known(ledger, cells));
        if (!known) return false;
        return reads.still(trace::LedgerSource(ledger));
      };
    }
    return std::optional<ToldScan>(std::move(told));
  };
  sources.scan = [told = sources.told](const std::string& serial,
                                       const labels::ProductLink* product, std::int64_t now_ms)
      -> ledger::Result<std::optional<ScanView>> {
    NGUON_TRY(auto scan, told(serial, product, now_ms));
    if (!scan) return std::optional<ScanView>();
    return std::optional<ScanView>(std::move(scan->view));
  };
  sources.animal = [&, witnesses, kept](
                       const std::string& tag,
                       std::int64_t now_ms) -> ledger::Result<std::optional<AnimalView>> {
    const trace::LedgerSource source(ledger, kept.get());
    const trace::Trace reader(source, bundle, now_ms, page_limits);
    NGUON_TRY(const std::optional<trace::AnimalView> animal, reader.animal(tag));
    if (!animal) return std::optional<AnimalView>();
    NGUON_TRY(const trace::Timeline story, reader.timeline(animal->sub));
    AnimalView view = animal_view(*animal, story, tag, bundle, ledger.head().size);
    NGUON_TRY(const auto cells, known_cells(ledger, source, std::span(&animal->site, 1)));
    view.map.cells = cells_alone(cells);
    if (view.proof) {
      NGUON_CHECK(add_times(*view.proof, ledger, witnesses));
    }
    return std::optional<AnimalView>(std::move(view));
  };
  sources.preview = [&](const std::string& sub)
      -> ledger::Result<std::optional<labels::PreviewText>> {
    const trace::LedgerSource source(ledger);
    const trace::Trace reader(source, bundle, 0);
    if (!sub.starts_with("product:")) return std::optional<labels::PreviewText>();
    NGUON_TRY(const auto product, reader.product(sub));
    if (!product) return std::optional<labels::PreviewText>();
    labels::PreviewText text;
    text.product = product->record.name;
    NGUON_TRY(const auto maker, reader.org(product->record.org));
    if (maker) {
      text.maker = maker->record.name;
      text.place = place_line(maker->place.commune, maker->place.province);
    }
    return std::optional<labels::PreviewText>(std::move(text));
  };
  sources.generation = [&] { return ledger.head().size + ledger.cosigned().revision(); };
  sources.never_issued = [&](const std::string& serial, std::int64_t now_ms) {
    return ledger.never_issued(serial, now_ms / 1000);
  };
  return sources;
}

}  // namespace nguon::server
