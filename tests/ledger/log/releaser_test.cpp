#include "ledger/log/releaser.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/start.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>

// Invariant 4 where it is easiest to break: signatures are made while the batch is being synced.

namespace nguon::ledger {
namespace {

using namespace std::chrono_literals;

class ReleaserTest : public testing::Test {
 protected:
  ReleaserTest() : start_(*restart()) {
    // The log of one entry less is what was released; the last entry is being synced again.
    released_ = {start_.head.size - 1, *start_.tree->root(start_.head.size - 1)};
    signing_ = *find_signing(start_.signers, start_.deployment.origin, start_.head.size,
                             *small_.keys().stock);
    releaser_ = *Releaser::open({*start_.tree, start_.deployment.id, [](const Error&) {}},
                                released_, 1, signing_);
  }

  Result<Start> restart() {
    small_.log.reset();
    return check_start(*small_.store, *small_.anchor, 0);
  }

  Decision last_entry(std::uint64_t index) {
    Decision decision;
    decision.kind = Outcome::Kind::created;
    decision.entry_id = base64url_encode(Hash{});
    decision.index = index;
    decision.done = [this](Outcome outcome) { told_.set_value(std::move(outcome)); };
    return decision;
  }
  void prepare() {
    std::vector<Decision> decisions;
    decisions.push_back(last_entry(start_.head.size - 1));
    releaser_->prepare(start_.head, 1, signing_, std::move(decisions));
  }

  tests::SmallLedger small_;
  Start start_;
  std::shared_ptr<const Signing> signing_;
  const NoteVerifier verifier_ =
      *NoteVerifier::make(start_.deployment.origin, small_.people.key("log").public_key());
  TreeHead released_;
  std::promise<Outcome> told_;
  std::unique_ptr<Releaser> releaser_;
};

TEST_F(ReleaserTest, NothingLeavesBeforeTheBatchIsDurable) {
  auto told = told_.get_future();
  prepare();
  EXPECT_EQ(told.wait_for(50ms), std::future_status::timeout);
  EXPECT_EQ(releaser_->head(), released_);
  const auto before = open_checkpoint(releaser_->released().note, verifier_);
  EXPECT_EQ(before->size, released_.size);
  releaser_->release(false);
  const Outcome outcome = told.get();
  EXPECT_EQ(outcome.kind, Outcome::Kind::created);
  EXPECT_FALSE(outcome.statement.empty());
  EXPECT_EQ(releaser_->head(), start_.head);
  EXPECT_EQ(open_checkpoint(releaser_->released().note, verifier_)->size, start_.head.size);
}

TEST_F(ReleaserTest, WhatNeverBecameDurableIsForgottenAndSaid) {
  auto told = told_.get_future();
  prepare();
  releaser_->fail({Errc::unavailable, "log.stopped", {}, {}});
  const Outcome outcome = told.get();
  EXPECT_EQ(outcome.kind, Outcome::Kind::error);
  EXPECT_EQ(outcome.error.rule, "log.stopped");
  EXPECT_TRUE(outcome.statement.empty());
  EXPECT_EQ(releaser_->head(), released_);
}

/// Whichever thread is the later hands it out, and only that one: a promise set twice would throw.
TEST_F(ReleaserTest, EachOutcomeIsHandedOutOnceWhoeverIsLater) {
  for (int round = 0; round < 200; ++round) {
    told_ = {};
    auto told = told_.get_future();
    prepare();
    if (round % 3 == 0) std::this_thread::sleep_for(200us);
    releaser_->release(round % 2 == 0);
    EXPECT_EQ(told.get().kind, Outcome::Kind::created);
  }
}

}  // namespace
}  // namespace nguon::ledger
