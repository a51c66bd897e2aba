#include "ledger/trace/kept_entries.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger::trace {
namespace {

std::shared_ptr<const Opened> entry() { return std::make_shared<const Opened>(); }

TEST(KeptEntries, AreFoundByTheirIndex) {
  KeptEntries kept(8);
  const auto first = entry(), second = entry();
  kept.keep(3, first, 100);
  kept.keep(7, second, KeptEntries::longest);
  EXPECT_EQ(kept.find(3), first);
  EXPECT_EQ(kept.find(7), second);
  EXPECT_EQ(kept.find(4), nullptr);
}

TEST(KeptEntries, ALongOneIsNotKept) {
  KeptEntries kept(8);
  kept.keep(3, entry(), KeptEntries::longest + 1);
  EXPECT_EQ(kept.find(3), nullptr);
}

TEST(KeptEntries, WhatWasUsedLeastLatelyGoes) {
  KeptEntries kept(8);
  const auto used = entry();
  kept.keep(0, used, 1);
  std::size_t held = 0;
  for (std::uint64_t index = 1; index <= 100; ++index) {
    kept.keep(index, entry(), 1);
    EXPECT_EQ(kept.find(0), used) << index;
  }
  for (std::uint64_t index = 1; index <= 100; ++index) held += kept.find(index) != nullptr ? 1 : 0;
  EXPECT_GE(held, 3U);
  EXPECT_LE(held, 8U);
}

}  // namespace
}  // namespace nguon::ledger::trace
