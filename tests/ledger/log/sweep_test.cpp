// The erasure of a person with more values than one batch can delete (FORMAT.md "Vault").

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/purger.hpp"
#include "ledger/log/vault.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

namespace nguon::ledger {
namespace {

constexpr const char* person = "person:0000000000000000000000000A";
constexpr const char* other = "person:0000000000000000000000000B";

class SweepTest : public testing::Test {
 protected:
  static Entry entry(int number, const std::string& sub) {
    Entry made;
    made.id = base64url_encode(sha256(std::to_string(number)));
    made.sub = sub;
    return made;
  }
  static std::string id(int number) { return entry(number, {}).id; }

  void commit(const WriteBatch& batch) { ASSERT_EQ(store_->commit(batch, {}), Commit::done); }

  /// One value each for the entries first..last−1.
  void fill(int first, int last, const std::string& sub) {
    Disclosure disclosure;
    disclosure.text = base64url_encode(R"(["c2FsdHNhbHRzYWx0c2FsdA","v","x"])");
    disclosure.pointer = "/note";
    WriteBatch batch;
    for (int number = first; number < last; ++number) {
      ASSERT_TRUE(vault_->put(entry(number, sub), std::span(&disclosure, 1), {}, batch));
      if (batch.size() < max_batch_size / 2) continue;
      commit(batch);
      batch = {};
    }
    commit(batch);
  }

  WriteBatch erasure(const std::string& sub) {
    Entry erase = entry(-1, sub);
    erase.data = {{"scope", "person"}};
    WriteBatch batch;
    EXPECT_TRUE(vault_->erase(erase, batch));
    return batch;
  }

  /// Runs a purger until it has nothing to do; from the commit numbered `fails_at` on it fails.
  void purge(int fails_at = 1 << 30) {
    Purger purger(
        *store_, *vault_, 0,
        [&](const WriteBatch& writes) -> Result<void> {
          if (commits_ >= fails_at) return Error{Errc::unavailable, "log.stopped", {}, {}};
          ++commits_;
          largest_ = std::max(largest_, writes.size());
          commit(writes);
          return {};
        },
        [&](const Error& why) { failures_.push_back(why.rule); });
    purger.request();
    while (purger.busy()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  std::size_t rows(const std::string& first) {
    std::size_t found = 0;
    EXPECT_TRUE(store_->scan(Family::private_values, first, keys::after(first),
                             [&](auto, auto) { return ++found > 0; }));
    return found;
  }
  std::size_t values() { return rows(keys::prefix(0, 'v')); }
  std::size_t markers() { return rows(keys::purge_due(0, {})); }

  /// Held or not, and never an error.
  bool held(int number) {
    const auto opened = vault_->open(id(number));
    const auto slots = vault_->slots(id(number));
    EXPECT_TRUE(opened) << opened.error().rule;
    EXPECT_TRUE(slots) << slots.error().rule;
    EXPECT_EQ(opened->size(), slots->size());
    return opened->size() == 1;
  }

  tests::TempDir directory_;
  std::unique_ptr<Store> store_ = *open_rocks_store(directory_ / "db", {});
  std::unique_ptr<Vault> vault_ = std::make_unique<Vault>(*store_, 0, std::string(32, 'v'));
  int commits_ = 0;
  std::size_t largest_ = 0;
  std::vector<std::string> failures_;
};

TEST_F(SweepTest, TensOfThousandsOfValuesAreErasedByOneSmallCommitAndBoundedOnesAfterIt) {
  constexpr int many = 40'000;  // their rows' keys alone are more than 4 MiB
  fill(0, many, person);
  fill(many, many + 10, other);
  const WriteBatch erase = erasure(person);
  EXPECT_LT(erase.size(), 1024U);
  commit(erase);
  // From here on nobody can read them, whatever becomes of the rows.
  EXPECT_FALSE(held(0) || held(many / 2) || held(many - 1));
  EXPECT_TRUE(held(many));

  purge();
  EXPECT_TRUE(failures_.empty());
  EXPECT_LE(largest_, max_batch_size);
  EXPECT_GE(commits_, 2);
  EXPECT_EQ(values(), 10U);
  EXPECT_EQ(rows(keys::prefix(0, 'o')), 10U);
  EXPECT_EQ(markers(), 0U);
  EXPECT_TRUE(held(many));
}

TEST_F(SweepTest, WhatThePersonEntersAfterwardsIsSpared) {
  fill(0, 3000, person);
  commit(erasure(person));
  fill(3000, 3005, person);
  EXPECT_FALSE(held(2999));
  EXPECT_TRUE(held(3000));
  purge();
  EXPECT_EQ(values(), 5U);
  for (int number = 3000; number < 3005; ++number) EXPECT_TRUE(held(number));
}

TEST_F(SweepTest, CutOffHalfWayItGoesOnAtTheNextStart) {
  fill(0, 5000, person);
  commit(erasure(person));
  purge(2);
  EXPECT_EQ(failures_, std::vector<std::string>{"log.stopped"});
  EXPECT_EQ(markers(), 1U);
  EXPECT_GT(values(), 0U);
  EXPECT_LT(values(), 5000U);
  EXPECT_FALSE(held(0) || held(4999));

  vault_ = std::make_unique<Vault>(*store_, 0, std::string(32, 'v'));
  fill(5000, 5001, person);
  purge();
  EXPECT_EQ(values(), 1U);
  EXPECT_EQ(markers(), 0U);
  EXPECT_TRUE(held(5000));
}

TEST_F(SweepTest, ADamagedRowIsStillAnErrorWhileAnotherPersonIsSwept) {
  fill(0, 1, person);
  fill(1, 2, other);
  commit(erasure(person));
  const auto where = keys::value(0, *base64url_hash(id(1)), "/note");
  auto row = **store_->get(Family::private_values, where);
  row.back() = static_cast<char>(row.back() ^ 1);
  WriteBatch damage;
  damage.put(Family::private_values, where, row);
  commit(damage);
  EXPECT_EQ(vault_->open(id(1)).error().rule, "private.sealed");
}

}  // namespace
}  // namespace nguon::ledger
