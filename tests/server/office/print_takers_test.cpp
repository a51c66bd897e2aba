// Who took the labels of a signed print is remembered over a restart, for a day and no longer.
#include "server/office/print_takers.hpp"

#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace nguon::server {
namespace {

class TakersOfPrints : public testing::Test {
 protected:
  void open() { takers = PrintTakers::open(path, clock).value(); }
  std::string take(const Viewer& who, std::int64_t part = 0, bool over = false) {
    const auto taken = takers->take("print-1", {part, part}, who, over);
    return taken ? "taken" : taken.error().rule;
  }

  tests::TempDir directory;
  tests::HandClock clock;
  const std::string path = directory / "prints.notebook";
  const Viewer hoa{"kid-hoa", "person:hoa", "org:a", {}};
  const Viewer hoa_at_home{"kid-hoa-2", "person:hoa", "org:a", {}};
  const Viewer binh{"kid-binh", "person:binh", "org:a", {}};
  std::unique_ptr<PrintTakers> takers;
};

TEST_F(TakersOfPrints, AKeyIsOneComputerAndEachPartIsTakenByItself) {
  open();
  EXPECT_EQ(take(hoa), "taken");
  EXPECT_EQ(take(hoa), "taken");
  EXPECT_EQ(take(hoa_at_home), "label.print-taken") << "the same person, at another printer";
  EXPECT_EQ(take(binh), "label.print-taken");
  EXPECT_EQ(take(binh, 1), "taken");
  ASSERT_EQ(takers->of("print-1").size(), 2U);
  EXPECT_EQ(takers->of("print-1")[1].kid, "kid-binh");
  EXPECT_TRUE(takers->of("print-2").empty());
}

TEST_F(TakersOfPrints, AListOfTheWholeRunTakesEveryPartOrNone) {
  open();
  EXPECT_EQ(take(binh, 1), "taken");
  const auto refused = takers->take("print-1", {0, 2}, hoa, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "label.print-taken");
  EXPECT_EQ(takers->of("print-1").size(), 1U) << "the parts that were free are free";
  EXPECT_TRUE(takers->take("print-1", {0, 2}, hoa, true));
  for (std::int64_t part = 0; part < 3; ++part) {
    EXPECT_EQ(take(binh, part), "label.print-taken") << part;
    EXPECT_EQ(take(hoa, part), "taken") << part;
  }
}

TEST_F(TakersOfPrints, ARestartForgetsNothing) {
  open();
  EXPECT_EQ(take(hoa), "taken");
  EXPECT_EQ(take(binh, 0, true), "taken");
  const auto before = takers->of("print-1");
  takers.reset();
  open();
  ASSERT_EQ(takers->of("print-1").size(), 1U);
  EXPECT_EQ(takers->of("print-1")[0].kid, "kid-binh");
  EXPECT_EQ(takers->of("print-1")[0].at_ms, before[0].at_ms);
  EXPECT_EQ(take(hoa), "label.print-taken");
  EXPECT_EQ(take(binh), "taken");
}

TEST_F(TakersOfPrints, AfterADayNothingIsKept) {
  open();
  EXPECT_EQ(take(hoa), "taken");
  clock.now += PrintTakers::kept_ms;
  EXPECT_EQ(take(binh), "label.print-taken");
  clock.now += 1;
  EXPECT_EQ(takers->take("print-2", {0, 0}, binh, false).has_value(), true);
  EXPECT_TRUE(takers->of("print-1").empty());
  std::ifstream file(path);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(kept.find("person:hoa"), std::string::npos) << "not on the disk either";
  clock.now += PrintTakers::kept_ms + 1;
  takers.reset();
  open();
  EXPECT_EQ(std::filesystem::file_size(path), 0U);
}

TEST_F(TakersOfPrints, WhatCannotBeNotedIsNotTaken) {
  open();
  EXPECT_EQ(take(hoa), "taken");
  takers.reset();
  std::ofstream(path, std::ios::app) << "torn";
  open();
  EXPECT_EQ(take(binh), "label.print-taken") << "a torn end takes nothing back";
  takers.reset();
  {
    std::fstream file(path);
    file.put('x');
    file.seekp(0, std::ios::end);
    file << "0123456789abcdef {}\n";
  }
  const auto damaged = PrintTakers::open(path, clock);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().rule, "notebook.damaged");
}

}  // namespace
}  // namespace nguon::server
