#include "server/rights/working_days.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace nguon::server {
namespace {

using schemas::Date;

struct LunarDays {
  Date new_year;    ///< 1st of the 1st lunar month.
  Date hung_kings;  ///< 10th of the 3rd.
};

// Reckoned for the meridian 105° E, as Decision 121-CP of 8 August 1967 has the Vietnamese calendar
// since 1968: months begin on the day of the new moon, and the winter solstice lies in the
// eleventh. New moons and solar longitudes by Meeus, Astronomical Algorithms, ch. 25 and 49. The
// years 2024 to 2027 agree with the published calendar; in 2030 the new year falls a day before
// China's.
constexpr std::array<LunarDays, 15> lunar{{
    {{2026, 2, 17}, {2026, 4, 26}},
    {{2027, 2, 6}, {2027, 4, 16}},
    {{2028, 1, 26}, {2028, 4, 4}},
    {{2029, 2, 13}, {2029, 4, 23}},
    {{2030, 2, 2}, {2030, 4, 12}},
    {{2031, 1, 23}, {2031, 4, 1}},
    {{2032, 2, 11}, {2032, 4, 19}},
    {{2033, 1, 31}, {2033, 4, 9}},
    {{2034, 2, 19}, {2034, 4, 28}},
    {{2035, 2, 8}, {2035, 4, 17}},
    {{2036, 1, 28}, {2036, 4, 6}},
    {{2037, 2, 15}, {2037, 4, 24}},
    {{2038, 2, 4}, {2038, 4, 13}},
    {{2039, 1, 24}, {2039, 4, 3}},
    {{2040, 2, 12}, {2040, 4, 20}},
}};

constexpr std::array<std::pair<int, int>, 4> fixed{{{1, 1}, {4, 30}, {5, 1}, {9, 2}}};

}  // namespace

bool is_working_day(const Date& day) {
  const std::int64_t number = schemas::day_number(day);
  const std::int64_t weekday = (number % 7 + 7 + 3) % 7;  // 1970-01-01 was a Thursday; Monday is 0.
  if (weekday >= 5) return false;
  if (std::ranges::find(fixed, std::pair(day.month, day.day)) != fixed.end()) return false;
  return std::ranges::none_of(lunar, [&](const LunarDays& year) {
    // Whichever five days a year's notice names, the year's last and its first three are of them.
    const std::int64_t since_new_year = number - schemas::day_number(year.new_year);
    return day == year.hung_kings || (since_new_year >= -1 && since_new_year <= 2);
  });
}

Date after_working_days(Date from, int count) {
  while (count > 0) {
    const auto next = schemas::add_days(from, 1);
    if (!next) break;  // The end of the calendar.
    from = *next;
    if (is_working_day(from)) --count;
  }
  return from;
}

}  // namespace nguon::server
