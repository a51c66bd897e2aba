#include "server/geo/map_file.hpp"
#include "server/sheets/cell_text.hpp"

#include <algorithm>
#include <cmath>

namespace nguon::server {
namespace {

constexpr std::size_t max_outline_name = 120;  // schemas/types/site.add.1.json

bool in_viet_nam(double lat, double lon) {
  // The mainland and what lies off it; a hint, never a refusal.
  return lat >= 8 && lat <= 24 && lon >= 102 && lon <= 118;
}

std::int32_t to_units(double degrees) {
  return static_cast<std::int32_t>(std::lround(degrees * 1e7));
}

bool close_to(GeoPoint a, GeoPoint b) {
  // One unit: what rounding can part.
  return std::abs(std::int64_t{a.lat} - b.lat) <= 1 && std::abs(std::int64_t{a.lon} - b.lon) <= 1;
}

}  // namespace

ledger::Result<Outline> make_outline(std::string name, const std::vector<RawPoint>& points,
                                     bool holes) {
  Outline made{clean_cell(name, max_outline_name), {}, {}};
  const auto doubt = [&](OutlineDoubt what) { made.doubts.push_back(what); };
  if (holes) doubt(OutlineDoubt::holes);
  for (const RawPoint& point : points) {
    if (!(std::abs(point.lat) <= 180 && std::abs(point.lon) <= 180)) {
      return ledger::invalid("geo.shape");
    }
  }
  const auto all = [&](auto&& holds) {
    return !points.empty() && std::ranges::all_of(points, holds);
  };
  const bool swapped = all([](const RawPoint& point) { return in_viet_nam(point.lon, point.lat); });
  const auto lat_of = [&](const RawPoint& point) { return swapped ? point.lon : point.lat; };
  const auto lon_of = [&](const RawPoint& point) { return swapped ? point.lat : point.lon; };
  if (!all([&](const RawPoint& point) { return std::abs(lat_of(point)) <= 90; })) {
    return ledger::invalid("geo.shape");
  }
  if (swapped) doubt(OutlineDoubt::swapped);
  bool repeated = false;
  for (const RawPoint& point : points) {
    const GeoPoint next{to_units(lat_of(point)), to_units(lon_of(point))};
    if (made.ring.empty() || !(made.ring.back() == next)) {
      made.ring.push_back(next);
    } else {
      repeated = true;
    }
  }
  if (made.ring.size() > 1 && close_to(made.ring.front(), made.ring.back())) {
    made.ring.back() = made.ring.front();
  } else {
    doubt(OutlineDoubt::closed);
    made.ring.push_back(made.ring.front());
  }
  if (repeated) doubt(OutlineDoubt::repeated);
  if (made.ring.size() > max_ring_points) {
    doubt(OutlineDoubt::too_many);
  } else if (!check_ring(made.ring)) {
    doubt(OutlineDoubt::crosses);
  } else {
    made.ring = right_handed(std::move(made.ring));
  }
  if (std::ranges::none_of(made.ring, [](GeoPoint point) {
        return in_viet_nam(point.lat / 1e7, point.lon / 1e7);
      })) {
    doubt(OutlineDoubt::far_away);
  }
  return made;
}

ledger::Result<std::vector<Outline>> read_map(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && text[first] == '{')
    return read_geojson(text.substr(first));
  return read_kml(text);
}

}  // namespace nguon::server
