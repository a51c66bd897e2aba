#pragma once

#include "ledger/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nguon::server {

/// WGS 84 in units of 1e-7 degree, as entries say it (schemas/types/site.add.1.json): some 11 mm.
struct GeoPoint {
  std::int32_t lat = 0;  ///< ±900,000,000
  std::int32_t lon = 0;  ///< ±1,800,000,000

  bool operator==(const GeoPoint&) const = default;
};

/// A closed outline: the first point is repeated as the last (RFC 7946 §3.1.6). Its edges are
/// straight in degrees (§3.1.1).
using Ring = std::vector<GeoPoint>;

/// What `site.add` can hold within 16 KiB of disclosures (DESIGN §3): 37 octets a point, a third
/// more in base64url. The schema's own bound of 400 is reached by no boundary of eight digits.
inline constexpr std::size_t max_ring_points = 300;

/// That `ring` is the outline of one area. Errors: `geo.ring-points` (fewer than 4 or more than
/// max_ring_points), `geo.ring-open`, `geo.ring-range`, `geo.ring-crosses` (an edge meets another
/// one than its neighbours, or a neighbour beyond their common point).
ledger::Result<void> check_ring(const Ring& ring);

/// Square metres inside, by the integral of the authalic function along the edges (Snyder, Map
/// Projections, USGS PP 1395, eq. 3-12): what RFC 7946 says the edges are, on the WGS 84 ellipsoid,
/// to 1e-9 of it for edges of up to a degree. If edges were geodesics instead, a plot of 1 km would
/// differ by less than 1e-5. Of a ring that crosses itself it means nothing.
double area_m2(const Ring& ring);

/// Counter-clockwise, as RFC 7946 §3.1.6 wants an outer ring.
Ring right_handed(Ring ring);

enum class Side : std::uint8_t { outside, border, inside };
/// Exact. `ring` has passed check_ring().
Side side_of(const Ring& ring, GeoPoint point);

/// Whether two areas have more than a border in common. Exact; both have passed check_ring().
bool overlap(const Ring& a, const Ring& b);

}  // namespace nguon::server
