#include "ledger/log/start.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/recover.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;
namespace fs = std::filesystem;

class StartTest : public testing::Test {
 protected:
  void grow(int count) {
    for (int i = 0; i < count; ++i) small_.add(small_.harvest("1"));
  }
  void copy_database_to(const std::string& name) {
    small_.close();
    fs::copy(db(), small_.directory / name, fs::copy_options::recursive);
    small_.reopen();
  }
  void put_back(const std::string& name) {
    small_.close();
    fs::remove_all(db());
    fs::copy(small_.directory / name, db(), fs::copy_options::recursive);
  }
  std::string db() const { return small_.directory / "db"; }
  Result<Recovery> recover_from(const std::string& folder) {
    small_.close();
    auto store = *open_rocks_store(db(), {});
    auto anchor = *FileAnchor::open(small_.directory / "anchor");
    const auto log =
        NoteVerifier::make("nguon.example/log/0", small_.people.key("log").public_key());
    return recover(*store, *anchor, LogFolder(folder), {&*log, 1}, small_.keys(), 0,
                   [](auto, auto) {});
  }

  tests::SmallLedger small_;
};

TEST_F(StartTest, AnEmptyDatabaseSaysWhatToDo) {
  tests::TempDir other;
  auto store = *open_rocks_store(other / "db", {});
  auto anchor = *FileAnchor::open(other / "anchor");
  EXPECT_EQ(check_start(*store, *anchor, 0).error().rule, "start.not-initialised");
}

TEST_F(StartTest, AnOlderCopyIsRefusedWithBothHeads) {
  grow(3);
  copy_database_to("older");
  const auto before = show(small_.log->head());
  grow(3);
  const auto after = show(small_.log->head());
  put_back("older");
  const auto opened = small_.try_open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "start.behind-anchor");
  EXPECT_NE(opened.error().detail.find(before), std::string::npos) << opened.error().detail;
  EXPECT_NE(opened.error().detail.find(after), std::string::npos) << opened.error().detail;
}

TEST_F(StartTest, ALostDatabaseIsRefusedNotStartedAnew) {
  grow(2);
  small_.close();
  fs::remove_all(db());
  EXPECT_EQ(small_.try_open().error().rule, "start.behind-anchor");
  auto keys = small_.keys();
  EXPECT_EQ(Ledger::initialise(*small_.store, *small_.anchor, small_.clock, keys, small_.options,
                               small_.people.genesis().jws, small_.people.bundle().text())
                .error()
                .rule,
            "start.initialised");
}

TEST_F(StartTest, ATruncatedLastRecordIsFoundByTheAnchor) {
  grow(5);
  small_.close();
  std::string log;
  for (const auto& file : fs::directory_iterator(db())) {
    if (file.path().extension() == ".log" && file.file_size() > 0) log = file.path().string();
  }
  ASSERT_FALSE(log.empty());
  fs::resize_file(log, fs::file_size(log) - 20);
  const auto opened = small_.try_open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "start.behind-anchor");
}

TEST_F(StartTest, ADatabaseAheadOfItsAnchorIsFinished) {
  // As a crash between the commit and the anchor leaves it: durable, but nobody was told.
  grow(2);
  small_.close();
  const std::string anchor = tests::read_file(small_.directory / "anchor");
  small_.reopen();
  grow(1);
  const auto head = small_.log->head();
  small_.close();
  tests::write_file(small_.directory / "anchor", anchor);
  small_.reopen();
  EXPECT_EQ(small_.log->head(), head);
  EXPECT_EQ((**small_.anchor->read()).size, head.size);
}

TEST_F(StartTest, AStateOrIndexThatForgotARecentEntryIsRefused) {
  const auto made = small_.add(small_.harvest());
  const std::uint64_t index = small_.log->head().size - 1;
  grow(10);  // What is newer is whole, as when it came back from the write-ahead log.
  const std::vector<std::pair<Family, std::string>> rows = {
      {Family::state, keys::state(0, state_key::entry(made.id))},
      {Family::index, keys::history(0, made.sub) + keys::big_endian(index)}};
  for (const auto& [family, key] : rows) {
    small_.log.reset();
    const auto value = *small_.store->get(family, key);
    ASSERT_TRUE(value);
    const auto head = **small_.store->get(Family::log, keys::head(0));
    WriteBatch forget;
    forget.erase(family, key);
    ASSERT_EQ(small_.store->commit(forget, head), Commit::done);
    EXPECT_EQ(small_.try_open().error().rule, "start.rows-missing");
    WriteBatch again;
    again.put(family, key, *value);
    ASSERT_EQ(small_.store->commit(again, head), Commit::done);
    ASSERT_TRUE(small_.try_open());
  }
}

TEST_F(StartTest, AMissingAnchorIsRefused) {
  small_.close();
  fs::remove(small_.directory / "anchor");
  EXPECT_EQ(small_.try_open().error().rule, "start.no-anchor");
}

TEST_F(StartTest, AnotherHistoryOfTheSameSizeIsRefused) {
  copy_database_to("fork");
  grow(1);
  const auto size = small_.log->head().size;
  small_.close();
  const std::string anchor = tests::read_file(small_.directory / "anchor");
  put_back("fork");
  fs::remove(small_.directory / "anchor");
  auto fresh = *FileAnchor::open(small_.directory / "anchor");
  {
    auto store = *open_rocks_store(db(), {});
    const auto head = decode_head(**store->get(Family::log, keys::head(0)));
    ASSERT_TRUE(fresh->write({head->size, head->root}));
  }
  small_.reopen();
  grow(1);
  ASSERT_EQ(small_.log->head().size, size);
  small_.close();
  tests::write_file(small_.directory / "anchor", anchor);
  EXPECT_EQ(small_.try_open().error().rule, "start.root-differs");
}

TEST_F(StartTest, ADamagedLeafOfTheEdgeIsRefused) {
  grow(1);
  {
    WriteBatch damage;
    const auto size = small_.log->head().size;
    const auto key = keys::leaf(0, size - 1);
    auto leaf = **small_.store->get(Family::log, key);
    leaf[40] = static_cast<char>(leaf[40] ^ 1);
    damage.put(Family::log, key, leaf);
    const auto head = **small_.store->get(Family::log, keys::head(0));
    ASSERT_EQ(small_.store->commit(damage, head), Commit::done);
  }
  EXPECT_EQ(small_.try_open().error().rule, "start.root-differs");
}

TEST_F(StartTest, OtherKeysAreRefused) {
  small_.close();
  auto store = *open_rocks_store(db(), {});
  auto anchor = *FileAnchor::open(small_.directory / "anchor");
  LedgerKeys keys = small_.keys();
  keys.stock = hold_keys(PrivateKey::generate(Alg::eddsa),
                         *PrivateKey::from_pem(small_.people.key("service").to_pem()));
  EXPECT_EQ(
      Ledger::open(*store, *anchor, small_.clock, std::move(keys), small_.options).error().rule,
      "start.keys");
}

TEST_F(StartTest, RecoveryRefillsAnOlderCopyToTheSameRoot) {
  grow(3);
  copy_database_to("older");
  const auto lost = small_.add(small_.harvest("7"));
  const auto receipt = small_.submit(lost).statement;
  grow(300);
  const auto head = small_.log->head();
  const std::string folder = small_.directory / "mirror";
  small_.mirror_to(folder);
  put_back("older");
  ASSERT_FALSE(small_.try_open());
  const auto recovered = recover_from(folder);
  ASSERT_TRUE(recovered) << recovered.error().rule << " " << recovered.error().detail;
  EXPECT_EQ(recovered->after, head);
  // Three slots a harvest, of which the note only has a value: nobody can tell without the values.
  EXPECT_EQ(recovered->unheld_slots, 3 * 301U);
  small_.reopen();
  EXPECT_EQ(small_.log->head(), head);
  EXPECT_EQ(small_.submit(lost).kind, Kind::repeated);
  EXPECT_TRUE(small_.log->disclosures(lost.id)->empty());
  grow(1);  // and it goes on
}

TEST_F(StartTest, RecoveryRebuildsALostDatabase) {
  grow(20);
  const auto head = small_.log->head();
  small_.mirror_to(small_.directory / "mirror");
  small_.close();
  fs::remove_all(db());
  const auto recovered = recover_from(small_.directory / "mirror");
  ASSERT_TRUE(recovered) << recovered.error().rule << " " << recovered.error().detail;
  small_.reopen();
  EXPECT_EQ(small_.log->head(), head);
  grow(1);
}

TEST_F(StartTest, RecoveryRefusesACopyThatEndsBeforeTheAnchor) {
  copy_database_to("older");
  grow(2);
  small_.mirror_to(small_.directory / "mirror");
  grow(2);
  put_back("older");
  EXPECT_EQ(recover_from(small_.directory / "mirror").error().rule, "recover.folder-behind");
}

TEST_F(StartTest, RecoveryRefusesAnyAlteredCopyAndWritesNothing) {
  copy_database_to("older");
  grow(3);
  const std::string folder = small_.directory / "mirror";
  small_.mirror_to(folder);
  put_back("older");
  std::string bundle;
  for (const auto& file : fs::recursive_directory_iterator(folder + "/tile/entries")) {
    if (file.is_regular_file()) bundle = file.path().string();
  }
  const std::string whole = tests::read_file(bundle);
  for (std::size_t at = 1; at < whole.size(); at += whole.size() / 9) {
    tests::write_file(bundle, whole);
    tests::flip_bit(bundle, at);
    const auto recovered = recover_from(folder);
    ASSERT_FALSE(recovered) << at;
    ASSERT_FALSE(small_.try_open()) << "recovery wrote although it refused";
  }
  tests::write_file(bundle, whole);
  EXPECT_TRUE(recover_from(folder));
}

}  // namespace
}  // namespace nguon::ledger
