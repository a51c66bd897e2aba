#include "ledger/apply/intervals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

using testing::ElementsAre;

const std::string batch = "batch:00000000000000000000000000";

TEST(Intervals, RunIsFoundAtBothItsEndsAndNowhereElse) {
  IntervalPage page;
  insert_run(page, {10, 19, "a"});
  insert_run(page, {5, 5, "b"});
  for (const int index : {10, 15, 19}) EXPECT_EQ(find_run(page, index)->of, "a");
  for (const int index : {0, 4, 6, 9, 20}) EXPECT_EQ(find_run(page, index), nullptr) << index;
}

TEST(Intervals, MeetsExactlyWhatItOverlaps) {
  IntervalPage page;
  insert_run(page, {10, 19, "a"});
  for (const auto& [first, last] : {std::pair{0, 10}, {19, 30}, {0, 30}, {12, 13}}) {
    EXPECT_TRUE(meets(page, first, last)) << first;
  }
  for (const auto& [first, last] : {std::pair{0, 9}, {20, 30}}) {
    EXPECT_FALSE(meets(page, first, last)) << first;
  }
}

TEST(Intervals, JoinsTouchingRunsOfOneBatchOnly) {
  IntervalPage page;
  insert_run(page, {0, 4, "a"});
  insert_run(page, {10, 14, "a"});
  insert_run(page, {15, 15, "b"});
  insert_run(page, {5, 9, "a"});
  EXPECT_THAT(page.runs, ElementsAre(Interval{0, 14, "a"}, Interval{15, 15, "b"}));
}

TEST(Intervals, TextOfRunsReadsBackAndDamagedTextDoesNot) {
  const IntervalPage page{{{0, 14, batch}, {20, 20, {}}, {30, 31, "x"}}};
  EXPECT_EQ(encode(page), "{\"runs\":\"0-14=" + batch + ";20-20=;30-31=x\"}");
  EXPECT_EQ(decode<IntervalPage>(encode(page)).value(), page);
  EXPECT_TRUE(decode<IntervalPage>(R"({"runs":""})").value().runs.empty());
  for (const char* text : {"0", "0-", "0-1", "-1-2=", "a-1=", "0-1x=", ";", "0-1=a;;"}) {
    EXPECT_FALSE(decode<IntervalPage>(std::string(R"({"runs":")") + text + "\"}")) << text;
  }
}

TEST(Intervals, FullPageAndTheDirectoryOfAWholeRangeOfSinglesFitAValue) {
  constexpr std::int64_t labels = 1 << 20;
  IntervalPage page;
  for (std::size_t i = 0; i < max_runs_per_page; ++i) page.runs.push_back({labels, labels, batch});
  EXPECT_LT(encode(page).size(), 64U * 1024);
  IntervalDirectory directory{{}, {}};
  for (std::int64_t start = 0; start < labels; start += max_runs_per_page / 2) {
    directory.pages.push_back(static_cast<std::int64_t>(directory.pages.size()));
    directory.starts.push_back(start);
  }
  EXPECT_LT(encode(directory).size(), 64U * 1024);
}

}  // namespace
}  // namespace nguon::ledger
