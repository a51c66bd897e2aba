#include "ledger/audit/audit.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/store/keys.hpp"
#include "tests/ledger/audit/season.hpp"
#include "tests/support/files.hpp"
#include "tests/support/intake_lot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace nguon::ledger {
namespace {

using testing::HasSubstr;

/// A season with one full tile and a lot with one full page, its ledger stopped, so that the store
/// can be damaged and put right.
class AuditTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    season_ = new tests::Season(12);
    tests::IntakeLot lot(season_->small);
    lot.deliver(258);
    lot_ = lot.sub;
    head_ = season_->small.log->head();
    season_->small.log.reset();
  }
  static void TearDownTestSuite() {
    delete season_;
    season_ = nullptr;
  }

  static Store& store() { return *season_->small.store; }
  static Result<AuditReport> audit() {
    return audit_store(store(), 0, *season_->small.anchor->read());
  }
  static std::optional<std::string> get(Family family, const std::string& key) {
    return *store().get(family, key);
  }
  static void write(Family family, const std::string& key,
                    const std::optional<std::string>& value) {
    WriteBatch batch;
    if (value) {
      batch.put(family, key, *value);
    } else {
      batch.erase(family, key);
    }
    ASSERT_EQ(store().commit(batch, get(Family::log, keys::head(0)).value_or("")), Commit::done);
  }
  /// Puts `value` there (absent: takes the row out), audits, puts the old value back.
  static Error damaged(Family family, const std::string& key,
                       const std::optional<std::string>& value) {
    const auto before = get(family, key);
    write(family, key, value);
    const auto report = audit();
    write(family, key, before);
    EXPECT_FALSE(report);
    return report ? Error{} : report.error();
  }
  static Error flipped(Family family, const std::string& key, std::size_t at) {
    auto value = get(family, key).value();
    value.at(at) = static_cast<char>(value.at(at) ^ 1);
    return damaged(family, key, value);
  }
  /// First key of the family that begins with this.
  static std::string first_key(Family family, const std::string& prefix) {
    std::string found;
    EXPECT_TRUE(store().scan(family, prefix, keys::after(prefix), [&](auto key, auto) {
      found = key;
      return false;
    }));
    EXPECT_FALSE(found.empty());
    return found;
  }
  static std::string at(std::uint64_t index) { return "index " + std::to_string(index) + ":"; }

  static tests::Season* season_;
  static TreeHead head_;
  static std::string lot_;
};

tests::Season* AuditTest::season_ = nullptr;
TreeHead AuditTest::head_;
std::string AuditTest::lot_;

TEST_F(AuditTest, AWholeStoreIsReproducedFromItsLeaves) {
  std::set<std::string, std::less<>> phases;
  AuditOptions options;
  options.progress = [&](std::string_view phase, std::uint64_t, std::uint64_t) {
    phases.emplace(phase);
  };
  const auto report = audit_store(store(), 0, *season_->small.anchor->read(), options);
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().field << ' '
                      << report.error().detail;
  EXPECT_EQ(report->head, head_);
  EXPECT_GT(report->state_keys, head_.size);
  EXPECT_GT(report->index_rows, 2 * head_.size);
  EXPECT_GT(report->flagged, 0U) << "the season has a stale recall";
  EXPECT_EQ(phases, (std::set<std::string, std::less<>>{"entries", "state and indexes"}));
}

TEST_F(AuditTest, OneThreadAndManyAgree) {
  for (const unsigned threads : {1U, 5U}) {
    AuditOptions options;
    options.threads = threads;
    EXPECT_TRUE(audit_store(store(), 0, std::nullopt, options));
  }
}

TEST_F(AuditTest, EveryOctetOfALeafIsGuardedAndNamed) {
  // In the full tile, hashes name the leaf; at the right edge its own signature or grammar does.
  const auto length = get(Family::log, keys::leaf(0, 40))->size();
  for (const std::size_t octet : {std::size_t{3}, std::size_t{14}, length / 2, length - 5}) {
    const auto error = flipped(Family::log, keys::leaf(0, 40), octet);
    EXPECT_EQ(error.rule, "audit.leaf") << octet;
    EXPECT_EQ(error.field, "/leaf/40");
    EXPECT_THAT(error.detail, HasSubstr(at(40)));
    EXPECT_THAT(error.detail, HasSubstr(", its tile holds "));
  }
  const std::uint64_t last = head_.size - 1;
  ASSERT_GE(last, 256U);
  const auto edge = flipped(Family::log, keys::leaf(0, last), length / 2);
  EXPECT_EQ(edge.rule, "audit.entry");
  EXPECT_EQ(edge.field, "/leaf/" + std::to_string(last));
  // No signature covers the operator's clock, only the root.
  const auto clock = flipped(Family::log, keys::leaf(0, last), 20);
  EXPECT_EQ(clock.rule, "audit.head");
  EXPECT_THAT(clock.detail, HasSubstr("stored " + std::to_string(head_.size)));
}

TEST_F(AuditTest, AMissingOrForeignLeafIsNamed) {
  for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{100}, head_.size - 1}) {
    const auto error = damaged(Family::log, keys::leaf(0, index), std::nullopt);
    EXPECT_EQ(error.rule, "audit.leaf");
    EXPECT_EQ(error.field, "/leaf/" + std::to_string(index));
  }
  const auto beyond =
      damaged(Family::log, keys::leaf(0, head_.size), get(Family::log, keys::leaf(0, 5)));
  EXPECT_EQ(beyond.rule, "audit.leaf");
  EXPECT_EQ(beyond.field, "/leaf/" + std::to_string(head_.size));
}

TEST_F(AuditTest, ADamagedTileIsToldFromADamagedLeaf) {
  const auto error = flipped(Family::log, keys::tile(0, 0, 0), 32 * 7 + 3);
  EXPECT_EQ(error.rule, "audit.tile");
  EXPECT_EQ(error.field, "/tile/0/0");
  EXPECT_THAT(error.detail, HasSubstr("hash 7: stored "));
  EXPECT_EQ(damaged(Family::log, keys::tile(0, 0, 0), std::nullopt).rule, "audit.tile");
  EXPECT_EQ(damaged(Family::log, keys::tile(0, 0, 0), std::string(31, 'x')).rule, "audit.tile");
  EXPECT_EQ(damaged(Family::log, keys::tile(0, 0, 1), std::string(8192, 'x')).field, "/tile/0/1");
}

TEST_F(AuditTest, HeadAndAnchorAreHeldAgainstTheLeaves) {
  const auto root = flipped(Family::log, keys::head(0), 20);
  EXPECT_EQ(root.rule, "audit.head");
  EXPECT_THAT(root.detail, HasSubstr("derived " + std::to_string(head_.size)));
  EXPECT_EQ(flipped(Family::log, keys::head(0), 7).rule, "audit.head");

  auto anchored = **season_->small.anchor->read();
  anchored.root.bytes[0] ^= 1;
  const auto other = audit_store(store(), 0, anchored);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().rule, "audit.anchor");
  anchored.size = head_.size + 1;
  EXPECT_EQ(audit_store(store(), 0, anchored).error().rule, "audit.anchor");
}

TEST_F(AuditTest, StateIsComparedBothWays) {
  const auto key = state_key::subject(season_->picked);
  const auto changed = flipped(Family::state, keys::state(0, key), 20);
  EXPECT_EQ(changed.rule, "audit.state");
  EXPECT_EQ(changed.field, "/state/S" + key);
  EXPECT_THAT(changed.detail, HasSubstr("stored "));
  EXPECT_THAT(changed.detail, HasSubstr(", derived "));
  const auto gone = damaged(Family::state, keys::state(0, key), std::nullopt);
  EXPECT_EQ(gone.field, "/state/S" + key);
  EXPECT_THAT(gone.detail, HasSubstr("stored nothing"));
  const auto extra = damaged(Family::state, keys::state(0, "batch/AAAA"), "{}");
  EXPECT_EQ(extra.field, "/state/Sbatch/AAAA");
  EXPECT_THAT(extra.detail, HasSubstr("no entry writes it"));
}

TEST_F(AuditTest, EveryPublicIndexIsComparedBothWays) {
  for (const char letter : {'j', 's', 'c', 'e', 'g'}) {
    const auto key = first_key(Family::index, keys::prefix(0, letter));
    const auto gone = damaged(Family::index, key, std::nullopt);
    EXPECT_EQ(gone.rule, "audit.index") << letter;
    EXPECT_THAT(gone.detail, HasSubstr("stored nothing"));
    auto other = key;
    auto& octet = other[other.size() - 8];  // of a number or a hash
    octet = static_cast<char>(octet ^ 0x40);
    const auto extra = damaged(Family::index, other, "x");
    EXPECT_EQ(extra.rule, "audit.index") << letter;
    EXPECT_THAT(extra.detail, HasSubstr("no entry writes it"));
    EXPECT_EQ(damaged(Family::index, key, "other").rule, "audit.index") << letter;
  }
}

TEST_F(AuditTest, OfManyDivergencesTheFirstByKeyIsNamedHoweverManyThreads) {
  std::vector<std::string> state_keys;
  const auto all = keys::prefix(0, 'S');
  ASSERT_TRUE(store().scan(Family::state, all, keys::after(all), [&](auto key, auto) {
    state_keys.emplace_back(key);
    return true;
  }));
  std::vector<std::pair<std::string, std::optional<std::string>>> before;
  for (const std::size_t part : {3U, 2U, 1U}) {  // all but the first quarter
    const auto& key = state_keys[state_keys.size() * part / 4];
    before.emplace_back(key, get(Family::state, key));
    write(Family::state, key, "other");
  }
  for (const unsigned threads : {1U, 2U, 7U}) {
    AuditOptions options;
    options.threads = threads;
    const auto report = audit_store(store(), 0, std::nullopt, options);
    EXPECT_EQ(report.error().rule, "audit.state");
    EXPECT_EQ(report.error().field, "/state/" + before.back().first.substr(4)) << threads;
  }
  for (const auto& [key, value] : before) write(Family::state, key, value);
  EXPECT_TRUE(audit());
}

TEST_F(AuditTest, AForgedPageOfASubjectIsNamed) {
  const auto key = keys::subject_page(0, lot_, 0);
  const auto length = get(Family::index, key)->size();
  // The log index, an entry id, the node over all of them.
  for (const std::size_t octet : {std::size_t{7}, std::size_t{8 + 32 * 100}, length - 1}) {
    const auto error = flipped(Family::index, key, octet);
    EXPECT_EQ(error.rule, "audit.index") << octet;
    EXPECT_EQ(error.field, "/index/e" + lot_ + " 0");
    EXPECT_THAT(error.detail, HasSubstr(", derived "));
  }
  const auto early =
      damaged(Family::index, keys::subject_page(0, season_->picked, 0), get(Family::index, key));
  EXPECT_EQ(early.field, "/index/e" + season_->picked + " 0");
  EXPECT_THAT(early.detail, HasSubstr("no entry writes it"));
}

TEST_F(AuditTest, AForgedHeadIsNamed) {
  const auto key = state_key::head(lot_);
  const auto error = flipped(Family::state, keys::state(0, key), 9);  // a digit of the count
  EXPECT_EQ(error.rule, "audit.state");
  EXPECT_EQ(error.field, "/state/S" + key);
}

TEST_F(AuditTest, RowsOfNoKnownKindAndRuleBundlesAreSeen) {
  EXPECT_EQ(damaged(Family::log, keys::prefix(0, 'Z') + "x", "y").rule, "audit.row");
  // Like a leaf's but for its length, before, among and after them.
  const std::string leaves = keys::prefix(0, 'L');
  for (const auto& place : {std::string(7, '\0'), std::string(9, '\0'), std::string(9, '\xff')}) {
    EXPECT_EQ(damaged(Family::log, leaves + place, get(Family::log, keys::leaf(0, 0))).rule,
              "audit.row");
  }
  const auto bundle = first_key(Family::log, keys::prefix(0, 'B'));
  EXPECT_EQ(flipped(Family::log, bundle, 100).code, Errc::corrupt);
  EXPECT_EQ(damaged(Family::log, bundle, std::nullopt).code, Errc::corrupt);
}

TEST_F(AuditTest, AnEmptyStoreHoldsNoLog) {
  const tests::TempDir empty;
  const auto none = open_rocks_store(empty / "db");
  EXPECT_EQ(audit_store(**none, 0, std::nullopt).error().rule, "start.not-initialised");
}

TEST_F(AuditTest, NoPrivateRowIsNeeded) {
  // A copy without any private family, as an outsider could build it.
  const tests::TempDir directory;
  const auto copy = open_rocks_store(directory / "db");
  std::string head;
  for (const Family family : {Family::state, Family::index, Family::log}) {
    const std::string all = keys::big_endian(0, 4);
    EXPECT_TRUE(store().scan(family, all, keys::after(all), [&](auto key, auto value) {
      WriteBatch batch;
      batch.put(family, std::string(key), std::string(value));
      EXPECT_EQ((*copy)->commit(batch, head), Commit::done);
      if (key == keys::head(0)) head = value;
      return true;
    }));
  }
  const auto report = audit_store(**copy, 0, std::nullopt);
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().detail;
  EXPECT_EQ(report->head, head_);
}

}  // namespace
}  // namespace nguon::ledger
