#include "server/signals/provinces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace nguon::server {
namespace {

/// Seat of a province's government since 2025-07-01, to a tenth of a degree: nothing here needs it
/// closer.
struct Seat {
  Province code;
  double north;
  double east;
};

constexpr std::array<Seat, 34> seats{{
    {1, 21.0, 105.8},  {4, 22.7, 106.3},  {8, 21.8, 105.2},  {11, 21.4, 103.0}, {12, 22.4, 103.5},
    {14, 21.3, 103.9}, {15, 21.7, 104.9}, {19, 21.6, 105.8}, {20, 21.8, 106.8}, {22, 21.0, 107.1},
    {24, 21.3, 106.2}, {25, 21.3, 105.4}, {31, 20.9, 106.7}, {33, 20.6, 106.1}, {37, 20.3, 106.0},
    {38, 19.8, 105.8}, {40, 18.7, 105.7}, {42, 18.3, 105.9}, {44, 17.5, 106.6}, {46, 16.5, 107.6},
    {48, 16.1, 108.2}, {51, 15.1, 108.8}, {52, 13.8, 109.2}, {56, 12.2, 109.2}, {66, 12.7, 108.0},
    {68, 11.9, 108.4}, {75, 10.9, 106.8}, {79, 10.8, 106.7}, {80, 10.5, 106.4}, {82, 10.4, 106.4},
    {86, 10.3, 106.0}, {91, 10.0, 105.1}, {92, 10.0, 105.8}, {96, 9.2, 105.2},
}};

constexpr double slack_km = 200;
constexpr double speed_km_h = 400;
constexpr double km_a_degree = 111.2;
constexpr double radians = 3.14159265358979 / 180;

const Seat* seat_of(Province code) {
  const auto found = std::lower_bound(seats.begin(), seats.end(), code,
                                      [](const Seat& seat, Province at) { return seat.code < at; });
  return found != seats.end() && found->code == code ? &*found : nullptr;
}

}  // namespace

double kilometres(Province a, Province b) {
  const Seat* const from = seat_of(a);
  const Seat* const to = seat_of(b);
  if (from == nullptr || to == nullptr) return 0;
  // Vietnam is narrow: a flat map is right to a few kilometres.
  const double north = (from->north - to->north) * km_a_degree;
  const double east =
      (from->east - to->east) * km_a_degree * std::cos((from->north + to->north) / 2 * radians);
  return std::hypot(north, east);
}

bool too_far(Province a, Province b, std::int64_t seconds) {
  const double rest = kilometres(a, b) - slack_km;
  return rest > 0 && static_cast<double>(std::llabs(seconds)) < rest / speed_km_h * 3600;
}

}  // namespace nguon::server
