#include "ledger/log/purger.hpp"

#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/forwarding_store.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace nguon::ledger {
namespace {

/// A real store that lets a test act at the moment its files are being rewritten.
class PausedStore final : public tests::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Result<void> purge(Family family) override {
    ++purges;
    if (during) during();
    if (fails) return Error{Errc::unavailable, "store.io", {}, {}};
    return ForwardingStore::purge(family);
  }

  std::function<void()> during;
  std::atomic<int> purges = 0;
  bool fails = false;
};

class PurgerTest : public testing::Test {
 protected:
  void mark(std::string_view erase_id) {
    WriteBatch batch;
    batch.put(Family::private_values, keys::purge_due(0, erase_id), {});
    ASSERT_EQ(store_.commit(batch, {}), Commit::done);
  }
  std::vector<std::string> markers() {
    std::vector<std::string> found;
    const std::string first = keys::purge_due(0, {});
    EXPECT_TRUE(store_.scan(Family::private_values, first, keys::after(first),
                            [&](std::string_view key, std::string_view) {
                              found.emplace_back(key.substr(first.size()));
                              return true;
                            }));
    return found;
  }
  std::unique_ptr<Purger> purger() {
    return std::make_unique<Purger>(
        store_, vault_, 0,
        [this](const WriteBatch& writes) -> Result<void> {
          EXPECT_EQ(store_.commit(writes, {}), Commit::done);
          return {};
        },
        [this](const Error& why) { failures_.push_back(why.rule); });
  }
  static void wait(const Purger& purger) {
    while (purger.busy()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  tests::TempDir directory_;
  std::unique_ptr<Store> real_ = *open_rocks_store(directory_ / "db", {});
  PausedStore store_{*real_};
  Vault vault_{store_, 0, std::string(32, 'v')};
  std::vector<std::string> failures_;
};

TEST_F(PurgerTest, AMarkerGoesOnceTheFilesAreClean) {
  mark("one");
  store_.during = [this] { EXPECT_EQ(markers().size(), 1U); };
  const auto running = purger();
  running->request();
  wait(*running);
  EXPECT_TRUE(markers().empty());
  EXPECT_EQ(store_.purges, 1);
}

TEST_F(PurgerTest, WhatIsErasedDuringAPurgeKeepsItsMarkerUntilItsOwnPurge) {
  mark("one");
  store_.during = [this] { mark("two"); };
  {
    const auto running = purger();
    running->request();
    wait(*running);
  }
  // The process might end here: the second marker is what makes the next start go on.
  EXPECT_EQ(markers(), std::vector<std::string>{"two"});
  store_.during = nullptr;
  const auto next = purger();
  next->request();
  wait(*next);
  EXPECT_TRUE(markers().empty());
}

TEST_F(PurgerTest, AFailedPurgeIsToldAndStaysDue) {
  mark("one");
  store_.fails = true;
  const auto running = purger();
  running->request();
  wait(*running);
  EXPECT_EQ(failures_, std::vector<std::string>{"store.io"});
  EXPECT_EQ(markers().size(), 1U);
}

TEST_F(PurgerTest, WithNothingErasedNothingIsRewritten) {
  const auto running = purger();
  running->request();
  wait(*running);
  EXPECT_EQ(store_.purges, 0);
}

}  // namespace
}  // namespace nguon::ledger
