#include "server/rights/known_cells.hpp"

#include "ledger/trace/opened.hpp"

#include <boost/json/value_to.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Result;
namespace json = boost::json;

constexpr std::size_t site_entries_at_once = 256;

std::optional<GeoPoint> point_of(const json::value& value) {
  const auto* position = value.if_object();
  if (position == nullptr) return std::nullopt;
  const auto degrees = [&](std::string_view name) -> std::optional<std::int32_t> {
    const auto* number = position->if_contains(name);
    json::error_code failed;
    const auto read = number != nullptr ? number->to_number<std::int32_t>(failed) : 0;
    return number != nullptr && !failed ? std::optional(read) : std::nullopt;
  };
  const auto lat = degrees("lat");
  const auto lon = degrees("lon");
  if (!lat || !lon) return std::nullopt;
  return GeoPoint{*lat, *lon};
}

/// Of a boundary: half way between its outermost corners.
std::optional<GeoPoint> middle_of_ring(const json::value& value) {
  const auto* corners = value.if_array();
  if (corners == nullptr || corners->empty()) return std::nullopt;
  std::optional<GeoPoint> least, most;
  for (const json::value& corner : *corners) {
    const auto point = point_of(corner);
    if (!point) return std::nullopt;
    if (!least) least = most = point;
    *least = {std::min(least->lat, point->lat), std::min(least->lon, point->lon)};
    *most = {std::max(most->lat, point->lat), std::max(most->lon, point->lon)};
  }
  return GeoPoint{least->lat + (most->lat - least->lat) / 2,
                  static_cast<std::int32_t>((std::int64_t{least->lon} + most->lon) / 2)};
}

/// What is still held of a site's position; absent: it never was, or it was erased.
Result<std::optional<GridCell>> cell_said_by(const ledger::Ledger& ledger,
                                             const std::string& entry) {
  const auto values = ledger.disclosures(entry);
  if (!values) {
    // A damaged value, or one under a key that was lost, costs the dot and not the page.
    if (values.error().rule == "private.sealed") return std::optional<GridCell>();
    return values.error();
  }
  std::optional<GeoPoint> place;
  for (const auto& value : *values) {
    if (value.pointer == "/point") {
      place = point_of(value.value);
      break;
    }
    if (value.pointer == "/boundary") place = middle_of_ring(value.value);
  }
  return place ? std::optional(cell_of(*place)) : std::nullopt;
}

/// Id of the entry that says what the site is: the last to add or update it.
Result<std::string> newest_record(const ledger::trace::Source& source, const std::string& site) {
  std::vector<std::uint64_t> history;
  for (;;) {
    NGUON_TRY(const auto some, source.history(site, history.size(), site_entries_at_once));
    history.insert(history.end(), some.begin(), some.end());
    if (some.size() < site_entries_at_once) break;
  }
  for (auto index = history.rbegin(); index != history.rend(); ++index) {
    NGUON_TRY(const auto opened, source.opened(*index));
    const ledger::Entry& entry = opened->effective;
    if (entry.is("site.add") || entry.is("site.update")) return entry.id;
  }
  return std::string();
}

}  // namespace

Result<std::vector<KnownCell>> known_cells(const ledger::Ledger& ledger,
                                           const ledger::trace::Source& source,
                                           std::span<const ledger::trace::SiteView> sites,
                                           std::size_t most) {
  std::vector<KnownCell> cells;
  std::size_t asked = 0;
  for (const auto& site : sites) {
    if (asked == most) break;
    if (site.record.commune != sites.front().record.commune) continue;
    ++asked;
    NGUON_TRY(auto entry, newest_record(source, site.sub));
    if (entry.empty()) continue;
    NGUON_TRY(const auto cell, cell_said_by(ledger, entry));
    if (cell) cells.push_back({std::move(entry), *cell});
  }
  return cells;
}

Result<bool> still_known(const ledger::Ledger& ledger, std::span<const KnownCell> cells) {
  for (const KnownCell& known : cells) {
    NGUON_TRY(const auto cell, cell_said_by(ledger, known.entry));
    if (cell != known.cell) return false;
  }
  return true;
}

}  // namespace nguon::server
