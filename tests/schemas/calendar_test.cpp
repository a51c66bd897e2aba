#include "schemas/calendar.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace nguon::schemas {
namespace {

std::string after_months(std::string_view from, int months) {
  const auto date = add_months(*parse_date(from), months);
  return date ? print_date(*date) : "none";
}

std::string local(std::int64_t unix_ms) {
  const auto date = date_in_vietnam(unix_ms);
  return date ? print_date(*date) : "none";
}

TEST(Calendar, ReadsOnlyDaysThatExist) {
  EXPECT_EQ(parse_date("2026-11-21"), (Date{2026, 11, 21}));
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
  for (const char* text :
       {"2023-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00",
        "0000-01-01", "2026-1-1", "2026/01/01", "2026-01-01 ", "", "20260-1-01", "+026-01-01"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Calendar, PrintsWhatItRead) {
  for (const char* text : {"0001-01-01", "9999-12-31", "2026-11-21"}) {
    EXPECT_EQ(print_date(*parse_date(text)), text);
  }
}

TEST(Calendar, OcopTermEndsOnTheSameDayOrTheMonthsLast) {
  EXPECT_EQ(after_months("2025-06-30", 36), "2028-06-30");
  EXPECT_EQ(after_months("2024-02-29", 36), "2027-02-28");
  EXPECT_EQ(after_months("2025-01-31", 1), "2025-02-28");
  EXPECT_EQ(after_months("2025-12-31", 2), "2026-02-28");
  EXPECT_EQ(after_months("2025-12-15", 0), "2025-12-15");
  EXPECT_EQ(after_months("9998-12-15", 24), "none");
  EXPECT_EQ(after_months("2025-12-15", -1), "none");
}

TEST(Calendar, DayChangesAtSeventeenHundredUtc) {
  EXPECT_EQ(local(1'795'280'399'999), "2026-11-21");  // 16:59:59.999Z
  EXPECT_EQ(local(1'795'280'400'000), "2026-11-22");  // 17:00Z
  EXPECT_EQ(local(0), "1970-01-01");
  EXPECT_EQ(local(-25'200'000), "1970-01-01");
  EXPECT_EQ(local(-25'200'001), "1969-12-31");
  EXPECT_EQ(local(std::numeric_limits<std::int64_t>::max()), "none");
  EXPECT_EQ(local(std::numeric_limits<std::int64_t>::min()), "none");
}

TEST(Calendar, CountsDays) {
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(day_number({2026, 11, 21}), 20778);
  EXPECT_EQ(print_date(*add_days({2026, 12, 31}, 1)), "2027-01-01");
  EXPECT_EQ(print_date(*add_days({2024, 3, 1}, -1)), "2024-02-29");
  EXPECT_FALSE(add_days({9999, 12, 31}, 1));
  EXPECT_FALSE(add_days({1, 1, 1}, -1));
}

}  // namespace
}  // namespace nguon::schemas
