#include "schemas/calendar.hpp"

#include <algorithm>
#include <chrono>

namespace nguon::schemas {
namespace {

namespace chrono = std::chrono;

chrono::sys_days days_of(const Date& date) {
  return chrono::year(date.year) / chrono::month(static_cast<unsigned>(date.month)) /
         chrono::day(static_cast<unsigned>(date.day));
}

int days_in_month(int year, int month) {
  const chrono::year_month_day_last last =
      chrono::year(year) / chrono::month(static_cast<unsigned>(month)) / chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::optional<Date> from_day_number(std::int64_t number) {
  // 0001-01-01 and 9999-12-31, so that the calendar arithmetic below cannot overflow.
  if (number < -719162 || number > 2932896) return std::nullopt;
  const chrono::year_month_day day{chrono::sys_days(chrono::days(number))};
  return Date{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
              static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *year < 1 || *month < 1 || *month > 12 || *day < 1)
    return std::nullopt;
  if (*day > days_in_month(*year, *month)) return std::nullopt;
  return Date{*year, *month, *day};
}

std::string print_date(const Date& date) {
  std::string out = "0000-00-00";
  const auto put = [&](std::size_t end, std::size_t width, int value) {
    for (std::size_t i = 0; i < width; ++i, value /= 10) {
      out[end - i] = static_cast<char>('0' + value % 10);
    }
  };
  put(3, 4, date.year);
  put(6, 2, date.month);
  put(9, 2, date.day);
  return out;
}

std::optional<Date> add_months(const Date& from, int months) {
  if (months < 0 || months > 12 * 9999) return std::nullopt;
  const int count = from.year * 12 + (from.month - 1) + months;
  const int year = count / 12;
  const int month = count % 12 + 1;
  if (year > 9999) return std::nullopt;
  return Date{year, month, std::min(from.day, days_in_month(year, month))};
}

std::optional<Date> add_days(const Date& from, std::int64_t days) {
  constexpr std::int64_t most = 4'000'000;  // beyond the whole span of years
  if (days < -most || days > most) return std::nullopt;
  return from_day_number(day_number(from) + days);
}

std::int64_t day_number(const Date& date) { return days_of(date).time_since_epoch().count(); }

std::optional<Date> date_in_vietnam(std::int64_t unix_ms) {
  constexpr std::int64_t day_ms = 86'400'000;
  constexpr std::int64_t offset_ms = 7 * 3'600'000;
  if (unix_ms > 400'000'000'000'000 || unix_ms < -400'000'000'000'000) return std::nullopt;
  const std::int64_t local = unix_ms + offset_ms;
  return from_day_number(local / day_ms - (local % day_ms < 0 ? 1 : 0));
}

}  // namespace nguon::schemas
