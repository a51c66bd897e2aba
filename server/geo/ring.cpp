#include "server/geo/ring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nguon::server {
namespace {

// Products of two differences of coordinates need 66 bits.
__extension__ using Wide = __int128;

/// In half units of 1e-7 degree, so that the middle of an edge is exact too.
struct Half {
  std::int64_t x = 0;  ///< Longitude.
  std::int64_t y = 0;  ///< Latitude.

  auto operator<=>(const Half&) const = default;
};

Half half(GeoPoint point) { return {2 * std::int64_t{point.lon}, 2 * std::int64_t{point.lat}}; }

/// Which way a, b, c turn: 1 left, -1 right, 0 straight on.
int turn(Half a, Half b, Half c) {
  const Wide cross = Wide{b.x - a.x} * (c.y - a.y) - Wide{b.y - a.y} * (c.x - a.x);
  return cross > 0 ? 1 : cross < 0 ? -1 : 0;
}

/// `p` is known to lie on the line through a and b.
bool between(Half a, Half b, Half p) {
  return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
         p.y <= std::max(a.y, b.y);
}

bool on_edge(Half a, Half b, Half p) { return turn(a, b, p) == 0 && between(a, b, p); }

/// They cross at a point inside both.
bool cross_properly(Half a, Half b, Half c, Half d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

bool meet(Half a, Half b, Half c, Half d) {
  return cross_properly(a, b, c, d) || on_edge(a, b, c) || on_edge(a, b, d) || on_edge(c, d, a) ||
         on_edge(c, d, b);
}

bool in_range(GeoPoint point) {
  return std::abs(std::int64_t{point.lat}) <= 900'000'000 &&
         std::abs(std::int64_t{point.lon}) <= 1'800'000'000;
}

/// Edges i < j of `ring`; the last one has the first as its neighbour.
bool edges_collide(const Ring& ring, std::size_t i, std::size_t j) {
  const Half a = half(ring[i]);
  const Half b = half(ring[i + 1]);
  const Half c = half(ring[j]);
  const Half d = half(ring[j + 1]);
  if (j == i + 1) return on_edge(a, b, d) || on_edge(c, d, a);
  if (i == 0 && j + 2 == ring.size()) return on_edge(a, b, c) || on_edge(c, d, b);
  return meet(a, b, c, d);
}

Side side_of_half(const Ring& ring, Half point) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    Half a = half(ring[i]);
    Half b = half(ring[i + 1]);
    if (on_edge(a, b, point)) return Side::border;
    if ((a.y > point.y) == (b.y > point.y)) continue;
    if (a.y > b.y) std::swap(a, b);
    if (turn(a, b, point) > 0) inside = !inside;
  }
  return inside ? Side::inside : Side::outside;
}

/// Whether a piece of an edge of `a` lies inside `b`. Edges are cut where corners of `b` touch
/// them, so that a piece is inside, outside or on the border as a whole.
bool runs_inside(const Ring& a, const Ring& b) {
  std::vector<Half> cuts;
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    cuts.assign({half(a[i]), half(a[i + 1])});
    for (const GeoPoint corner : b) {
      if (on_edge(cuts[0], cuts[1], half(corner))) cuts.push_back(half(corner));
    }
    std::ranges::sort(cuts);
    for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
      const Half middle{(cuts[k].x + cuts[k + 1].x) / 2, (cuts[k].y + cuts[k + 1].y) / 2};
      if (side_of_half(b, middle) == Side::inside) return true;
    }
  }
  return false;
}

/// Every piece of the outline of `a` lies on that of `b`.
bool traces(const Ring& a, const Ring& b) {
  return std::ranges::all_of(
      a, [&](GeoPoint point) { return side_of_half(b, half(point)) == Side::border; });
}

constexpr double semi_major = 6'378'137.0;               // WGS 84, NIMA TR8350.2.
constexpr double flattening = 1.0 / 298.257'223'563;     // WGS 84, NIMA TR8350.2.
constexpr double unit = std::numbers::pi / 180.0 / 1e7;  // Radians.

/// Area between equator and latitude for one radian of longitude.
double below(double lat) {
  const double e2 = flattening * (2.0 - flattening);
  const double e = std::sqrt(e2);
  const double s = std::sin(lat);
  const double b2 = semi_major * semi_major * (1.0 - e2);
  return b2 / 2.0 * (s / (1.0 - e2 * s * s) + std::atanh(e * s) / e);
}

/// Signed: positive for a counter-clockwise ring.
double signed_area(const Ring& ring) {
  // Gauss-Legendre of three points along each edge.
  static constexpr std::array<std::array<double, 2>, 3> nodes{
      {{0.1127016653792583, 5.0 / 18.0}, {0.5, 8.0 / 18.0}, {0.8872983346207417, 5.0 / 18.0}}};
  if (ring.empty()) return 0;
  // Measured from the ring's own latitude: else a small plot is the difference of two huge bands.
  const double from = below(ring[0].lat * unit);
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const double a = ring[i].lat * unit;
    const double b = ring[i + 1].lat * unit;
    const double wide = (double{1} * ring[i + 1].lon - ring[i].lon) * unit;
    for (const auto& [at, weight] : nodes) sum -= weight * (below(a + at * (b - a)) - from) * wide;
  }
  return sum;
}

}  // namespace

ledger::Result<void> check_ring(const Ring& ring) {
  if (ring.size() < 4 || ring.size() > max_ring_points) return ledger::invalid("geo.ring-points");
  if (!(ring.front() == ring.back())) return ledger::invalid("geo.ring-open");
  if (!std::ranges::all_of(ring, in_range)) return ledger::invalid("geo.ring-range");
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    if (ring[i] == ring[i + 1]) return ledger::invalid("geo.ring-crosses");
    for (std::size_t j = i + 1; j + 1 < ring.size(); ++j) {
      if (edges_collide(ring, i, j)) return ledger::invalid("geo.ring-crosses");
    }
  }
  return {};
}

double area_m2(const Ring& ring) { return std::abs(signed_area(ring)); }

Ring right_handed(Ring ring) {
  if (signed_area(ring) < 0) std::ranges::reverse(ring);
  return ring;
}

Side side_of(const Ring& ring, GeoPoint point) { return side_of_half(ring, half(point)); }

bool overlap(const Ring& a, const Ring& b) {
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    for (std::size_t j = 0; j + 1 < b.size(); ++j) {
      if (cross_properly(half(a[i]), half(a[i + 1]), half(b[j]), half(b[j + 1]))) return true;
    }
  }
  return runs_inside(a, b) || runs_inside(b, a) || (traces(a, b) && traces(b, a));
}

}  // namespace nguon::server
