#pragma once

#include "server/geo/ring.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a person should know of one outline before using it.
enum class OutlineDoubt : std::uint8_t {
  holes,     ///< It had holes, which `site.add` does not hold (EUDR: none allowed).
  swapped,   ///< Latitude and longitude stood in the other order and were exchanged.
  closed,    ///< Its last point was not its first, and was added.
  repeated,  ///< Points that repeated the one before were left out.
  too_many,  ///< Over max_ring_points.
  crosses,   ///< It crosses or touches itself, or is none: it cannot be used.
  far_away,  ///< No point of it lies in Viet Nam (8 to 24° N, 102 to 118° E).
};

/// One polygon of a map file.
struct Outline {
  std::string name;  ///< NFC, at most 120 code points, no control characters; may be empty.
  Ring ring;         ///< Right-handed and closed. Passes check_ring() unless a doubt says not.
  std::vector<OutlineDoubt> doubts;  ///< Ascending.
};

inline constexpr std::size_t max_map_octets = 10 << 20;
inline constexpr std::size_t max_outlines = 5'000;
inline constexpr std::size_t max_map_points = 500'000;

/// Polygons of a GeoJSON text (RFC 7946: any object that holds Polygon or MultiPolygon), each named
/// by its feature's property `name`, `ten`, `title` or `id`, whichever comes first. Lines and
/// points are left out. Errors: `json.*`, `geo.none` (no polygon in it), `geo.shape` (not GeoJSON),
/// `geo.crs` (2008's member `crs` names another system than WGS 84), `geo.too-large`.
ledger::Result<std::vector<Outline>> read_geojson(std::string_view text);

/// Polygons of a KML document (OGC 12-007r2: outerBoundaryIs), each named by its Placemark. Errors:
/// `xml.*`, `geo.none`, `geo.shape`, `geo.too-large`.
ledger::Result<std::vector<Outline>> read_kml(std::string_view text);

/// Either, by its first character.
ledger::Result<std::vector<Outline>> read_map(std::string_view text);

/// Shared by the two readers. `lon_lat` in degrees, in the order of the file.
struct RawPoint {
  double lon = 0;
  double lat = 0;
};
/// Errors: `geo.shape` where a number is none or beyond ±180.
ledger::Result<Outline> make_outline(std::string name, const std::vector<RawPoint>& points,
                                     bool holes);

}  // namespace nguon::server
