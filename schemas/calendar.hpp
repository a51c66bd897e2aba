#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::schemas {

/// A day of the proleptic Gregorian calendar, years 1..9999. Legal dates are days in
/// Asia/Ho_Chi_Minh.
struct Date {
  int year = 1;
  int month = 1;
  int day = 1;

  auto operator<=>(const Date&) const = default;
};

/// `YYYY-MM-DD` of a day that exists; absent otherwise.
std::optional<Date> parse_date(std::string_view text);
std::string print_date(const Date& date);

/// The last day of a term of `months` ≥ 0 months that begins on `from`: the same day of the month,
/// or that month's last day where it has none; the day itself is still inside (ends are inclusive).
/// 2025-01-31 + 1 → 2025-02-28. Absent beyond year 9999.
std::optional<Date> add_months(const Date& from, int months);

/// `from` moved by `days`, which may be negative. Absent outside the years 1..9999.
std::optional<Date> add_days(const Date& from, std::int64_t days);

/// Days since 1970-01-01.
std::int64_t day_number(const Date& date);

/// The date in Asia/Ho_Chi_Minh at a Unix time: UTC+7 with no daylight saving since 1975 (IANA tz).
/// Earlier times get the same offset. Absent outside the years 1..9999.
std::optional<Date> date_in_vietnam(std::int64_t unix_ms);

}  // namespace nguon::schemas
