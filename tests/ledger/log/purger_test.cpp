#include "ledger/log/purger.hpp"

#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace nguon::ledger {
namespace {

/// A real store that lets a test act at the moment its files are being rewritten.
class PausedStore final : public Store {
 public:
  explicit PausedStore(Store& real) : real_(real) {}

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override {
    return real_.get(family, key);
  }
  Result<std::vector<std::optional<std::string>>> multi_get(
      Family family, const std::vector<std::string>& keys) const override {
    return real_.multi_get(family, keys);
  }
  Result<void> scan(
      Family family, std::string_view first, std::string_view last,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return real_.scan(family, first, last, visit);
  }
  Commit commit(const WriteBatch& batch, std::string_view head) override {
    return real_.commit(batch, head);
  }
  Result<void> purge(Family family) override {
    ++purges;
    if (during) during();
    return fails ? Result<void>(Error{Errc::unavailable, "store.io", {}, {}}) : real_.purge(family);
  }
  Result<void> verify_checksums() const override { return real_.verify_checksums(); }

  std::function<void()> during;
  std::atomic<int> purges = 0;
  bool fails = false;

 private:
  Store& real_;
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
        store_, 0,
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
