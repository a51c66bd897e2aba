#include "ledger/log/batcher.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/subject_tree.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/forge.hpp"
#include "tests/support/intake_lot.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;

/// A batcher over the store of a small ledger that has been stopped, so that a test says what is in
/// one batch and what in the next.
class BatcherTest : public testing::Test {
 protected:
  void stop_the_ledger() {
    small_.log.reset();
    start_ = *check_start(*small_.store, *small_.anchor, 0);
    ASSERT_TRUE(rules_->activate(start_.rules.bundle, static_cast<int>(start_.rules.engine)));
    head_ = encode_head(start_.head);
    batcher_.emplace(Batcher::Parts{*small_.store, 0, small_.clock, *start_.tree, *vault_, *rules_},
                     start_.head, start_.range);
  }

  /// One batch of these submissions, committed; what was decided, in order.
  std::vector<Decision> commit(const std::vector<std::string>& bodies) {
    std::deque<Submission> waiting;
    for (const auto& body : bodies) waiting.push_back({*small_.people.admit(body), nullptr});
    Batch batch;
    EXPECT_TRUE(batcher_->assemble(waiting, batch));
    EXPECT_TRUE(waiting.empty()) << "more than one batch";
    EXPECT_EQ(small_.store->commit(batch.writes, head_), Commit::done);
    head_ = encode_head(batch.head);
    return std::move(batch.decisions);
  }

  static std::ptrdiff_t count(const std::vector<Decision>& decisions, Kind kind) {
    return std::count_if(decisions.begin(), decisions.end(),
                         [&](const Decision& decision) { return decision.kind == kind; });
  }

  std::size_t rows(const std::string& shelf) {
    std::size_t found = 0;
    EXPECT_TRUE(small_.store->scan(Family::private_values, shelf, keys::after(shelf),
                                   [&](auto, auto) { return ++found > 0; }));
    return found;
  }

  std::vector<std::string> harvests(int number) {
    std::vector<std::string> bodies;
    for (int i = 0; i < number; ++i) bodies.push_back(small_.harvest("1").sd_jwt);
    return bodies;
  }

  /// `number` entries under the jti of `made`, which differ from it and from each other.
  std::vector<std::string> rivals(const MadeEntry& made, int number) {
    tests::Forge forge(small_.people.key("member"), made);
    std::vector<std::string> bodies;
    for (int i = 0; i < number; ++i) {
      forge.payload["iat"] = forge.payload["iat"].as_int64() + 1;
      bodies.push_back(forge.sign());
    }
    return bodies;
  }

  std::string held_shelf() {
    return keys::held(0, *base64url_hash(small_.people.key("member").kid()));
  }
  std::string rival_shelf(const MadeEntry& made) {
    const tests::Forge forge(small_.people.key("member"), made);
    return keys::rival(0, sha256(small_.people.key("member").kid(), ".",
                                 std::string(forge.payload.at("jti").as_string())));
  }

  tests::SmallLedger small_;
  std::optional<Vault> vault_{std::in_place, *small_.store, 0, small_.keys().vault};
  std::optional<RuleBook> rules_{std::in_place, *small_.store, 0};
  Start start_;
  std::string head_;
  std::optional<Batcher> batcher_;
};

TEST_F(BatcherTest, OneBatchHoldsNoMoreThanAThousandEntriesOfAKey) {
  small_.add(small_.revocation("member"));
  stop_the_ledger();
  const auto decisions = commit(harvests(1003));
  EXPECT_EQ(count(decisions, Kind::held), 1000);
  EXPECT_EQ(decisions.back().error.rule, "entry.held-full");
  EXPECT_EQ(rows(held_shelf()), 1000U);
}

TEST_F(BatcherTest, WhatEarlierBatchesHeldCountsAndIsHeldStill) {
  small_.add(small_.revocation("member"));
  stop_the_ledger();
  const auto first = harvests(999);
  ASSERT_EQ(count(commit(first), Kind::held), 999);
  auto second = harvests(3);
  second.push_back(first.front());
  second.push_back(second.front());
  const auto decisions = commit(second);
  const std::vector<Kind> expected = {Kind::held, Kind::error, Kind::error, Kind::held, Kind::held};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(decisions[i].kind, expected[i]) << i;
  EXPECT_EQ(rows(held_shelf()), 1000U);
}

TEST_F(BatcherTest, OneBatchKeepsNoMoreThanFourRivalsOfAJti) {
  const auto made = small_.add(small_.harvest());
  stop_the_ledger();
  EXPECT_EQ(count(commit(rivals(made, 9)), Kind::conflict), 9);
  EXPECT_EQ(rows(rival_shelf(made)), 4U);
}

TEST_F(BatcherTest, RivalsOfEarlierBatchesCountAndTheSameOneCountsOnce) {
  const auto made = small_.add(small_.harvest());
  const auto other = small_.add(small_.harvest());
  stop_the_ledger();
  const auto others = rivals(made, 6);
  commit({others[0], others[0], others[1]});
  EXPECT_EQ(rows(rival_shelf(made)), 2U);
  commit({others[1], others[2], others[3], others[4], others[5]});
  EXPECT_EQ(rows(rival_shelf(made)), 4U);
  commit(rivals(other, 1));  // another jti has room of its own
  EXPECT_EQ(rows(rival_shelf(other)), 1U);
}

TEST_F(BatcherTest, ABatchWithAllItsStateStaysWithinFourMebibytes) {
  // Entries large enough that the state they change, written when the batch is closed, is what
  // would take it over the limit.
  std::deque<Submission> waiting;
  for (std::size_t i = 0; i < max_batch_entries; ++i) {
    auto admitted = *small_.people.admit(small_.harvest("1"));
    for (auto& disclosure : admitted.disclosures) disclosure.text.resize(1800, 'x');
    waiting.push_back({std::move(admitted), nullptr});
  }
  stop_the_ledger();
  while (!waiting.empty()) {
    Batch batch;
    ASSERT_TRUE(batcher_->assemble(waiting, batch));
    EXPECT_LE(batch.writes.size(), max_batch_size);
    ASSERT_EQ(small_.store->commit(batch.writes, head_), Commit::done);
    head_ = encode_head(batch.head);
  }
}

TEST_F(BatcherTest, OneBatchMayFillSeveralPagesOfASubject) {
  tests::IntakeLot lot(small_);
  lot.deliver(10);
  stop_the_ledger();
  std::vector<std::string> bodies;
  for (int i = 0; i < 700; ++i) {
    bodies.push_back(lot.next().sd_jwt);
    if (i % 10 == 0) bodies.push_back(small_.harvest("1").sd_jwt);
  }
  ASSERT_EQ(count(commit(bodies), Kind::created), 770);
  bodies.clear();
  for (int i = 0; i < 100; ++i) bodies.push_back(lot.next().sd_jwt);
  commit(bodies);
  auto tree = SubjectTree::open(*small_.store, 0, lot.sub, decode_head(head_)->size);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->count(), 810U);
  EXPECT_EQ(*tree->root(), subject_root(lot.ids));
  EXPECT_EQ(read_subject_page(*small_.store, 0, lot.sub, 1)->nodes.at(1),
            subject_root(lot.first(512)));
}

}  // namespace
}  // namespace nguon::ledger
