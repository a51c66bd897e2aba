#include "ledger/store/rocks_store.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_statistics.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace nguon::ledger {
namespace {

class RocksStoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open() { return *open_rocks_store(directory_ / "db", {}); }
  static WriteBatch row(Family family, const std::string& key, const std::string& value) {
    WriteBatch batch;
    batch.put(family, keys::prefix(0, 'z') + key, value);
    return batch;
  }
  static std::string key(const std::string& name) { return keys::prefix(0, 'z') + name; }
  tests::TempDir directory_;
};

TEST_F(RocksStoreTest, TellsAbsentFromEmpty) {
  auto store = open();
  ASSERT_EQ(store->commit(row(Family::state, "a", ""), {}), Commit::done);
  EXPECT_EQ(*store->get(Family::state, key("a")), std::optional<std::string>(""));
  EXPECT_EQ(*store->get(Family::state, key("b")), std::nullopt);
  EXPECT_EQ(*store->get(Family::index, key("a")), std::nullopt);  // families do not mix
}

TEST_F(RocksStoreTest, KeepsWhatWasCommittedAcrossReopening) {
  ASSERT_EQ(open()->commit(row(Family::log, "a", "1"), {}), Commit::done);
  EXPECT_EQ(*open()->get(Family::log, key("a")), std::optional<std::string>("1"));
}

TEST_F(RocksStoreTest, ScansInByteOrderWithinBounds) {
  auto store = open();
  WriteBatch batch;
  for (const std::uint64_t n : {256U, 2U, 1U, 255U, 3U}) {
    batch.put(Family::index, key(keys::big_endian(n)), std::to_string(n));
  }
  ASSERT_EQ(store->commit(batch, {}), Commit::done);
  std::string seen;
  const auto visit = [&](std::string_view, std::string_view value) {
    seen.append(value).append(" ");
    return value != "255";
  };
  ASSERT_TRUE(
      store->scan(Family::index, key(keys::big_endian(2)), key(keys::big_endian(999)), visit));
  EXPECT_EQ(seen, "2 3 255 ");
}

TEST_F(RocksStoreTest, TellsHowMuchIsWhere) {
  auto store = open();
  const auto before = store->statistics();
  for (const char* name : {"a", "b", "c", "d"}) {
    ASSERT_EQ(store->commit(row(Family::state, name, random_bytes(60'000)), {}), Commit::done);
  }
  const auto after = store->statistics();
  EXPECT_GE(after.memtables, before.memtables + 240'000);
  EXPECT_GE(after.write_ahead, before.write_ahead + 240'000);
  EXPECT_FALSE(after.stalled);
  store.reset();
  store = open();  // a start works the write-ahead log into tables
  EXPECT_GE(store->statistics().tables, 240'000U);
}

/// Keeps a compaction from beginning until it may.
class HeldCompaction final : public rocksdb::EventListener {
 public:
  void OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override {
    held_.wait(true);
  }
  void let_go() {
    held_ = false;
    held_.notify_all();
  }

 private:
  std::atomic<bool> held_ = true;
};

// A database of its own that slows writes down at its third table.
TEST_F(RocksStoreTest, AStallIsWhatTheDatabaseSaysAndNotWhatItSaidLast) {
  const auto watch = std::make_shared<StallWatch>();
  const auto held = std::make_shared<HeldCompaction>();
  rocksdb::Options options;
  options.create_if_missing = true;
  options.listeners = {watch, held};
  options.level0_file_num_compaction_trigger = 3;
  options.level0_slowdown_writes_trigger = 3;
  rocksdb::DB* raw = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, directory_ / "stalling", &raw).ok());
  const std::unique_ptr<rocksdb::DB> db(raw);
  const auto stalled = [&] {
    std::this_thread::sleep_for(StallWatch::asked_every);  // for an answer that is not the old one
    return watch->stalled(*db);
  };
  EXPECT_FALSE(stalled());
  for (int table = 0; table < 3; ++table) {
    ASSERT_TRUE(db->Put({}, "key", std::to_string(table)).ok());
    ASSERT_TRUE(db->Flush({}).ok());
  }
  EXPECT_TRUE(stalled());
  EXPECT_EQ(watch->times(), 1U);

  // The change that is told last need not be the last one: it is not believed, either way.
  rocksdb::WriteStallInfo late;
  late.condition.prev = rocksdb::WriteStallCondition::kDelayed;
  late.condition.cur = rocksdb::WriteStallCondition::kNormal;
  watch->OnStallConditionsChanged(late);
  EXPECT_TRUE(stalled());
  held->let_go();
  while (stalled()) continue;
  std::swap(late.condition.prev, late.condition.cur);
  watch->OnStallConditionsChanged(late);
  EXPECT_FALSE(stalled());
}

TEST_F(RocksStoreTest, MultiGetAnswersInTheOrderAsked) {
  auto store = open();
  ASSERT_EQ(store->commit(row(Family::state, "a", "1"), {}), Commit::done);
  const auto found = store->multi_get(Family::state, {key("b"), key("a"), key("a")});
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0], std::nullopt);
  EXPECT_EQ((*found)[1], std::optional<std::string>("1"));
  EXPECT_EQ((*found)[2], std::optional<std::string>("1"));
}

TEST_F(RocksStoreTest, RefusesACommitOnAnotherHead) {
  auto store = open();
  WriteBatch first;
  first.put(Family::log, keys::head(0), "head one");
  ASSERT_EQ(store->commit(first, {}), Commit::done);
  EXPECT_EQ(store->commit(row(Family::state, "a", "1"), {}), Commit::conflict);
  EXPECT_EQ(store->commit(row(Family::state, "a", "1"), "head two"), Commit::conflict);
  EXPECT_EQ(*store->get(Family::state, key("a")), std::nullopt);
  EXPECT_EQ(store->commit(row(Family::state, "a", "1"), "head one"), Commit::done);
}

TEST_F(RocksStoreTest, PurgeLeavesNoOctetOfADeletedValueInAnyFile) {
  auto store = open();
  const std::string secret = random_bytes(64);
  const std::string other = random_bytes(64);
  ASSERT_EQ(store->commit(row(Family::private_values, "a", secret), {}), Commit::done);
  ASSERT_EQ(store->commit(row(Family::private_values, "b", other), {}), Commit::done);
  ASSERT_TRUE(tests::any_file_contains(directory_ / "db", secret));
  WriteBatch erase;
  erase.erase(Family::private_values, key("a"));
  ASSERT_EQ(store->commit(erase, {}), Commit::done);
  ASSERT_TRUE(store->purge(Family::private_values));
  EXPECT_FALSE(tests::any_file_contains(directory_ / "db", secret));
  EXPECT_TRUE(tests::any_file_contains(directory_ / "db", other));
  EXPECT_EQ(*store->get(Family::private_values, key("b")), std::optional<std::string>(other));
}

TEST_F(RocksStoreTest, APurgeIsNotOverWhileAReaderKeepsTheOldFiles) {
  auto store = open();
  const std::string secret = random_bytes(300);
  ASSERT_EQ(store->commit(row(Family::private_values, "a", secret), {}), Commit::done);
  ASSERT_TRUE(store->purge(Family::private_values));  // into a table
  WriteBatch erase;
  erase.erase(Family::private_values, key("a"));
  std::future<Result<void>> purged;
  ASSERT_TRUE(store->scan(Family::private_values, key("a"), key("b"), [&](auto, auto) {
    EXPECT_EQ(store->commit(erase, {}), Commit::done);
    purged = std::async(std::launch::async, [&] { return store->purge(Family::private_values); });
    EXPECT_EQ(purged.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    EXPECT_TRUE(tests::any_file_contains(directory_ / "db", secret));
    return false;
  }));
  ASSERT_TRUE(purged.get());
  EXPECT_FALSE(tests::any_file_contains(directory_ / "db", secret));
}

TEST_F(RocksStoreTest, AfterAPurgeTheFilesAreCleanAtOnceHoweverManyOthersWrite) {
  auto store = open();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      const auto name = "w" + std::to_string(i % 50);
      EXPECT_EQ(store->commit(row(Family::state, name, random_bytes(2000)), {}), Commit::done);
      EXPECT_EQ(store->commit(row(Family::private_values, name, random_bytes(200)), {}),
                Commit::done);
    }
  });
  for (int round = 0; round < 20; ++round) {
    const std::string secret = random_bytes(300);
    EXPECT_EQ(store->commit(row(Family::private_values, "a", secret), {}), Commit::done);
    WriteBatch erase;
    erase.erase(Family::private_values, key("a"));
    EXPECT_EQ(store->commit(erase, {}), Commit::done);
    EXPECT_TRUE(store->purge(Family::private_values));
    EXPECT_FALSE(tests::any_file_contains(directory_ / "db", secret)) << round;
  }
  stop = true;
  writer.join();
}

TEST_F(RocksStoreTest, WhoeverAsksForFilesBesideSyncedCommitsIsAnswered) {
  auto store = open();
  std::atomic<bool> stop = false;
  std::vector<std::thread> others;
  others.emplace_back([&] {
    for (int i = 0; !stop; ++i) {
      const auto name = "w" + std::to_string(i % 50);
      EXPECT_EQ(store->commit(row(Family::state, name, random_bytes(2000)), {}), Commit::done);
    }
  });
  // Readers let go of files that a flush has replaced; so does whoever ends a freeze.
  others.emplace_back([&] {
    while (!stop) {
      EXPECT_TRUE(store->scan(Family::state, key("w"), key("x"), [](auto, auto) { return true; }));
    }
  });
  for (int i = 0; i < 3; ++i) {
    others.emplace_back([&] {
      while (!stop) store->statistics();
    });
  }
  for (int round = 0; round < 10; ++round) {
    {
      const auto frozen = store->freeze(std::chrono::seconds(1));
      ASSERT_TRUE(frozen);
      EXPECT_GE((*frozen)->files().size(), 4U);  // manifest, its name, options, a log
    }
    EXPECT_TRUE(store->purge(Family::private_values));
  }
  stop = true;
  for (auto& other : others) other.join();
}

TEST_F(RocksStoreTest, AFlippedBitInTheWriteAheadLogStopsTheOpening) {
  {
    auto store = open();
    for (int i = 0; i < 50; ++i) {
      ASSERT_EQ(store->commit(row(Family::state, std::to_string(i), std::string(500, 'v')), {}),
                Commit::done);
    }
    // Left as a killed process leaves it: nothing is flushed on destruction, the log file holds it
    // all.
  }
  std::string log;
  for (const auto& file : std::filesystem::directory_iterator(directory_ / "db")) {
    if (file.path().extension() == ".log" && file.file_size() > 10'000) log = file.path().string();
  }
  ASSERT_FALSE(log.empty());
  tests::flip_bit(log, 10'000);
  const auto opened = open_rocks_store(directory_ / "db", {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "store.corrupt");
}

TEST_F(RocksStoreTest, AFlippedBitInATableIsFoundAndNamed) {
  {
    auto store = open();
    for (int i = 0; i < 200; ++i) {
      ASSERT_EQ(
          store->commit(row(Family::private_values, std::to_string(i), random_bytes(500)), {}),
          Commit::done);
    }
    ASSERT_TRUE(store->purge(Family::private_values));
  }
  std::string table;
  for (const auto& file : std::filesystem::directory_iterator(directory_ / "db")) {
    if (file.path().extension() == ".sst" && file.file_size() > 50'000)
      table = file.path().string();
  }
  ASSERT_FALSE(table.empty());
  tests::flip_bit(table, 30'000);
  const auto verified = open()->verify_checksums();
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().rule, "store.corrupt");
  EXPECT_NE(verified.error().detail.find(".sst"), std::string::npos) << verified.error().detail;
}

TEST_F(RocksStoreTest, RefusesANewerFormat) {
  {
    WriteBatch batch;
    batch.put(Family::log, keys::format(), std::to_string(store_format + 1));
    ASSERT_EQ(open()->commit(batch, {}), Commit::done);
  }
  const auto opened = open_rocks_store(directory_ / "db", {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "store.format");
}

TEST_F(RocksStoreTest, OneProcessAtATime) {
  const auto store = open();
  const auto second = open_rocks_store(directory_ / "db", {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().rule, "store.io");
}

}  // namespace
}  // namespace nguon::ledger
