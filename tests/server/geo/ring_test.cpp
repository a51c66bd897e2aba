#include "server/geo/ring.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace nguon::server {
namespace {

constexpr std::int32_t degree = 10'000'000;

Ring box(std::int32_t lat, std::int32_t lon, std::int32_t high, std::int32_t wide) {
  return {{lat, lon}, {lat, lon + wide}, {lat + high, lon + wide}, {lat + high, lon}, {lat, lon}};
}

std::string ring_rule(const Ring& ring) {
  const auto checked = check_ring(ring);
  return checked ? "good" : checked.error().rule;
}

// WGS 84: 510,065,621.724 km² in all (Moritz, Geodetic Reference System). The degree north of the
// equator has 12,308.464 km² between parallels; between geodesics, which bulge, GeographicLib's
// 12,308.778, the difference being two thirds of the geodesic's height over the parallel.
TEST(RingArea, OfTheEllipsoidAndOfADegree) {
  double half = 0;
  for (std::int32_t lat = 0; lat < 90; ++lat) {
    for (std::int32_t side : {-1, 0}) {
      half += area_m2(box(lat * degree, side * 180 * degree / 1, degree, 180 * degree));
    }
  }
  EXPECT_NEAR(half / 1e6, 510'065'621.724 / 2, 1.0);
  EXPECT_NEAR(area_m2(box(0, 105 * degree, degree, degree)) / 1e6, 12'308.464, 0.001);
}

// Beside it the radii of curvature of the ellipsoid, which no code here uses.
TEST(RingArea, OfAPlotOfAHectare) {
  const double lat = 21.2 * std::numbers::pi / 180;
  const double e2 = 0.00669437999014;
  const double w = 1 - e2 * std::sin(lat) * std::sin(lat);
  const double per_lat = 6'378'137.0 * (1 - e2) / std::pow(w, 1.5) * std::numbers::pi / 180 / 1e7;
  const double per_lon = 6'378'137.0 / std::sqrt(w) * std::cos(lat) * std::numbers::pi / 180 / 1e7;
  const Ring plot = box(212'000'000 - 4'500, 1'040'000'000, 9'000, 9'600);
  const double expected = per_lat * 9'000 * per_lon * 9'600;
  EXPECT_GT(expected, 9'900);
  EXPECT_NEAR(area_m2(plot), expected, expected * 1e-6);
  Ring other_way(plot.rbegin(), plot.rend());
  EXPECT_DOUBLE_EQ(area_m2(other_way), area_m2(plot));
  EXPECT_EQ(right_handed(other_way), plot);
  EXPECT_EQ(right_handed(plot), plot);
}

TEST(RingCheck, WhatIsAnOutline) {
  const Ring good = box(0, 0, 100, 100);
  EXPECT_EQ(ring_rule(good), "good");
  EXPECT_EQ(ring_rule({}), "geo.ring-points");
  EXPECT_EQ(ring_rule({{0, 0}, {0, 1}, {0, 0}}), "geo.ring-points");
  EXPECT_EQ(ring_rule({{0, 0}, {0, 1}, {1, 1}, {1, 0}}), "geo.ring-open");
  Ring far = good;
  far[1].lon = 1'800'000'001;
  EXPECT_EQ(ring_rule(far), "geo.ring-range");
  EXPECT_EQ(ring_rule({{0, 0}, {9, 9}, {0, 9}, {9, 0}, {0, 0}}), "geo.ring-crosses");
  EXPECT_EQ(ring_rule({{0, 0}, {0, 9}, {0, 5}, {9, 5}, {0, 0}}), "geo.ring-crosses") << "spike";
  EXPECT_EQ(ring_rule({{0, 0}, {0, 9}, {9, 9}, {0, 4}, {9, 0}, {0, 0}}), "geo.ring-crosses")
      << "a corner on another edge";
  EXPECT_EQ(ring_rule({{0, 0}, {0, 9}, {9, 9}, {9, 9}, {0, 0}}), "geo.ring-crosses") << "no edge";
  Ring saw;
  for (std::int32_t i = 0; i < 299; ++i) saw.push_back({i % 2 == 0 ? 5 : 9, i});
  saw.push_back({-100, 298});
  saw.push_back(saw.front());
  EXPECT_EQ(saw.size(), max_ring_points + 1);
  EXPECT_EQ(ring_rule(saw), "geo.ring-points");
  saw.erase(saw.begin() + 1);
  EXPECT_EQ(ring_rule(saw), "good");
}

TEST(RingSide, BordersBelongToNeither) {
  const Ring ring = box(0, 0, 100, 100);
  EXPECT_EQ(side_of(ring, {50, 50}), Side::inside);
  EXPECT_EQ(side_of(ring, {0, 50}), Side::border);
  EXPECT_EQ(side_of(ring, {100, 100}), Side::border);
  EXPECT_EQ(side_of(ring, {101, 100}), Side::outside);
  EXPECT_EQ(side_of(ring, {50, 101}), Side::outside);
  // The widest differences there are.
  const Ring world = box(-900'000'000, -1'800'000'000, 1'800'000'000, 0);
  EXPECT_EQ(ring_rule(world), "geo.ring-crosses");
  const Ring all{{-900'000'000, -1'800'000'000},
                 {-900'000'000, 1'800'000'000},
                 {900'000'000, 1'800'000'000},
                 {900'000'000, -1'800'000'000},
                 {-900'000'000, -1'800'000'000}};
  EXPECT_EQ(side_of(all, {899'999'999, 1'799'999'999}), Side::inside);
}

TEST(RingOverlap, NeighboursMayShareABorder) {
  const Ring ring = box(0, 0, 100, 100);
  EXPECT_FALSE(overlap(ring, box(0, 100, 100, 100))) << "a whole side";
  EXPECT_FALSE(overlap(ring, box(50, 100, 100, 100))) << "half a side";
  EXPECT_FALSE(overlap(ring, box(100, 100, 50, 50))) << "a corner";
  EXPECT_FALSE(overlap(ring, box(0, 300, 10, 10)));
  EXPECT_TRUE(overlap(ring, ring));
  EXPECT_TRUE(overlap(ring, box(0, 99, 100, 100)));
  EXPECT_TRUE(overlap(ring, box(10, 10, 10, 10))) << "inside";
  EXPECT_TRUE(overlap(box(10, 10, 10, 10), ring));
  EXPECT_TRUE(overlap(ring, box(0, 0, 50, 100))) << "half of it";
  EXPECT_TRUE(overlap(ring, {{0, 50}, {50, 0}, {100, 50}, {50, 100}, {0, 50}}))
      << "a diamond in it";
  EXPECT_TRUE(overlap(box(0, 0, 100, 10), box(40, -50, 10, 200)))
      << "a cross: no corner in the other";
}

}  // namespace
}  // namespace nguon::server
