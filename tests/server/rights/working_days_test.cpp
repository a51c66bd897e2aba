#include "server/rights/working_days.hpp"

#include "server/rights/terms.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

std::string after(const char* day, int count) {
  return schemas::print_date(after_working_days(*schemas::parse_date(day), count));
}

TEST(WorkingDays, TheDayItselfDoesNotCountNorDoWeekends) {
  EXPECT_EQ(after("2026-11-23", 2), "2026-11-25");  // A Monday.
  EXPECT_EQ(after("2026-11-19", 2), "2026-11-23");  // A Thursday.
  EXPECT_EQ(after("2026-11-20", 2), "2026-11-24");
  EXPECT_EQ(after("2026-11-21", 2), "2026-11-24");  // A Saturday.
  EXPECT_EQ(after("2026-11-22", 0), "2026-11-22");
}

TEST(WorkingDays, HolidaysOfTheSunAndOfTheMoonDoNotCount) {
  EXPECT_EQ(after("2026-12-31", 2), "2027-01-05");  // New Year is a Friday.
  EXPECT_EQ(after("2027-04-29", 1), "2027-05-03");  // 30 April, 1 May, a weekend.
  EXPECT_EQ(after("2026-09-01", 1), "2026-09-03");
  EXPECT_EQ(after("2027-04-15", 1), "2027-04-19");  // Hùng Kings' day, a Friday.
  // Tết 2027: its eve is a Friday, the first three days Saturday to Monday.
  EXPECT_EQ(after("2027-02-04", 1), "2027-02-09");
  // Tết 2030 is a day before China's: Saturday 2 February.
  EXPECT_FALSE(is_working_day({2030, 2, 1}));
  EXPECT_FALSE(is_working_day({2030, 2, 4}));
  EXPECT_TRUE(is_working_day({2030, 2, 5}));
}

TEST(RightsTerms, DatesAreVietnamsAndAnExtensionDoublesTheTerm) {
  // 2026-11-22 17:30 UTC is Monday the 23rd in Vietnam.
  const std::int64_t received = 1'795'368'600'000;
  const auto erase = rights_dates(RightsKind::erase, false, received);
  EXPECT_EQ(erase.acknowledge_by, "2026-11-25");
  EXPECT_EQ(erase.answer_by, "2026-12-13");
  EXPECT_EQ(rights_dates(RightsKind::erase, true, received).answer_by, "2027-01-02");
  EXPECT_EQ(rights_dates(RightsKind::see, false, received).answer_by, "2026-12-03");
  EXPECT_EQ(rights_dates(RightsKind::withdraw, false, received).answer_by, "2026-12-08");
}

}  // namespace
}  // namespace nguon::server
