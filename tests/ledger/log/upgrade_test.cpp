#include "ledger/log/upgrade.hpp"

#include "ledger/audit/audit.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/forwarding_store.hpp"
#include "tests/support/intake_lot.hpp"

#include <gtest/gtest.h>

#include <map>

namespace nguon::ledger {
namespace {

/// Lets so many commits through, then fails.
class BreakingStore final : public tests::ForwardingStore {
 public:
  BreakingStore(Store& real, int commits) : ForwardingStore(real), left_(commits) {}
  Commit commit(const WriteBatch& batch, std::string_view head) override {
    largest = std::max(largest, batch.size());
    return left_-- > 0 ? ForwardingStore::commit(batch, head) : Commit::unknown;
  }
  std::size_t largest = 0;

 private:
  int left_;
};

/// A database as the release before wrote it: its format, and no pages.
class UpgradeTest : public testing::Test {
 protected:
  UpgradeTest() {
    lot_.deliver(600);
    other_.deliver(256);
    small_.log.reset();
    written_ = pages();
    WriteBatch older;
    for (const auto& [key, row] : written_) older.erase(Family::index, key);
    EXPECT_EQ(small_.store->commit(older, *head()), Commit::done);
    set_format("1");
  }
  std::map<std::string, std::string> pages() {
    std::map<std::string, std::string> rows;
    const std::string first = keys::prefix(0, 'e');
    EXPECT_TRUE(
        small_.store->scan(Family::index, first, keys::after(first), [&](auto key, auto value) {
          rows.emplace(key, value);
          return true;
        }));
    return rows;
  }
  std::optional<std::string> head() { return *small_.store->get(Family::log, keys::head(0)); }
  std::string format() { return **small_.store->get(Family::log, keys::format()); }
  void set_format(const std::string& number) {
    WriteBatch batch;
    batch.put(Family::log, keys::format(), number);
    EXPECT_EQ(small_.store->commit(batch, {}), Commit::done);
  }

  tests::SmallLedger small_;
  tests::IntakeLot lot_{small_};
  tests::IntakeLot other_{small_};
  std::map<std::string, std::string> written_;
};

TEST_F(UpgradeTest, AnOlderDatabaseGetsItsPagesWhenItIsStarted) {
  ASSERT_EQ(written_.size(), 3U);
  ASSERT_TRUE(pages().empty());
  small_.reopen();
  EXPECT_EQ(pages(), written_);
  EXPECT_EQ(format(), std::to_string(store_format));
  EXPECT_TRUE(proves_all(small_.log->subject_head(lot_.sub)->claims, lot_.ids));
  lot_.deliver(200);  // goes on from the rebuilt pages
  EXPECT_TRUE(proves_all(small_.log->subject_head(lot_.sub)->claims, lot_.ids));
  small_.log.reset();
  EXPECT_TRUE(audit_store(*small_.store, 0, std::nullopt));
}

TEST_F(UpgradeTest, InterruptedAnywhereItHappensAgain) {
  for (int commits = 0; commits < 3; ++commits) {
    BreakingStore failing(*small_.store, commits);
    EXPECT_EQ(upgrade_store(failing).error().rule, "store.io") << commits;
    EXPECT_EQ(format(), "1") << commits;
    EXPECT_LT(failing.largest, max_batch_size / 8);
  }
  BreakingStore whole(*small_.store, 3);
  EXPECT_TRUE(upgrade_store(whole));
  EXPECT_EQ(pages(), written_);
}

TEST_F(UpgradeTest, OnceIsEnough) {
  ASSERT_TRUE(upgrade_store(*small_.store));
  BreakingStore failing(*small_.store, 0);
  EXPECT_TRUE(upgrade_store(failing));
}

TEST_F(UpgradeTest, ForReadingAloneAnOlderDatabaseIsRefused) {
  small_.close();
  const auto opened = open_rocks_store(small_.directory / "db", {.read_only = true});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "store.format");
}

TEST_F(UpgradeTest, AHistoryThatLacksEntriesIsNotPapered) {
  WriteBatch lost;
  const std::string history = keys::history(0, lot_.sub);
  EXPECT_TRUE(small_.store->scan(Family::index, history, keys::after(history), [&](auto key, auto) {
    lost.erase(Family::index, std::string(key));
    return lost.writes().size() < 100;
  }));
  ASSERT_EQ(small_.store->commit(lost, *head()), Commit::done);
  EXPECT_EQ(upgrade_store(*small_.store).error().rule, "store.corrupt");
  EXPECT_EQ(format(), "1");
}

}  // namespace
}  // namespace nguon::ledger
