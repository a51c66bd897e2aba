#include "server/control/resting_store.hpp"

#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/control/desk.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>

namespace nguon::server {
namespace {

class RestingStoreTest : public testing::Test {
 protected:
  RestingStoreTest() : store_(*ledger::open_rocks_store(database(), {})) {}
  std::string database() const { return data_ / "database"; }
  static std::string key() { return ledger::keys::prefix(0, 'z') + "a"; }
  void put(int value) {
    ledger::WriteBatch batch;
    batch.put(ledger::Family::log, key(), std::to_string(value));
    EXPECT_EQ(store_->commit(batch, {}), ledger::Commit::done);
  }
  int seen() {
    const auto resting = RestingStore::open(data_.string(), database());
    EXPECT_TRUE(resting) << resting.error().detail;
    if (!resting) return -1;
    const auto value = *(*resting)->store().get(ledger::Family::log, key());
    EXPECT_TRUE((*resting)->finish());
    return value ? std::stoi(*value) : -1;
  }

  const tests::TempDir data_;
  std::unique_ptr<ledger::Store> store_;
};

TEST_F(RestingStoreTest, SeesAllThatWasCommittedWhileTheServiceMergesAndRemovesFiles) {
  const auto desk = *ControlDesk::open(
      data_.string(), [this] { return store_->freeze(std::chrono::milliseconds(100)); }, {});
  for (int turn = 0; turn < 30; ++turn) {
    put(turn);
    auto service = std::async(std::launch::async, [this] {
      EXPECT_TRUE(store_->purge(ledger::Family::log));
      EXPECT_TRUE(store_->purge(ledger::Family::log));
    });
    EXPECT_EQ(seen(), turn);
    service.get();
  }
}

TEST_F(RestingStoreTest, NeedsNoService) {
  put(1);
  store_.reset();
  EXPECT_EQ(seen(), 1);
}

}  // namespace
}  // namespace nguon::server
