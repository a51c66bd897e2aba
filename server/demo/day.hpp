#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace nguon::server {

/// A calendar day in Vietnam.
using Day = std::chrono::sys_days;
using std::chrono::days;

inline Day day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of_month);
}

/// ISO 8601, as entries carry legal dates.
inline std::string iso(Day when) {
  const std::chrono::year_month_day date(when);
  const auto two = [](unsigned number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + '-' +
         two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

/// Unix seconds of a clock time of that day in Vietnam (UTC+7, no summer time).
inline std::int64_t unix_seconds(Day when, int hour, int minute = 0) {
  return std::int64_t{when.time_since_epoch().count()} * 86'400 + (hour - 7) * 3'600 + minute * 60;
}

}  // namespace nguon::server
