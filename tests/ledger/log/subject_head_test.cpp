#include "ledger/log/head_desk.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/subject_tree.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/intake_lot.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

class SubjectHeadTest : public testing::Test {
 protected:
  HeadClaims opened(const std::string& jws) {
    const auto claims = open_head(jws, small_.people.key("service").public_key());
    EXPECT_TRUE(claims);
    return claims ? *claims : HeadClaims{};
  }
  /// What a stranger does: the pages up to the head's count, and the root over them.
  std::vector<Hash> read_all(const std::string& sub, std::uint64_t count) {
    std::vector<Hash> ids;
    for (std::uint64_t page = 0; ids.size() < count; ++page) {
      const auto entries = small_.log->subject_entries(sub, page);
      if (!entries) break;
      for (const auto& entry : *entries) {
        EXPECT_EQ(id_at(entry.index), entry.id);
        ids.push_back(entry.id);
      }
    }
    return ids;
  }
  Hash id_at(std::uint64_t index) { return read_entry_ids(*small_.store, 0, {index})->front(); }
  bool proves(const std::string& sub, const std::string& id, const Hash& logged) {
    const auto proof = small_.log->subject_proof(sub, id);
    if (!proof) return false;
    return id_at(proof->index) == logged && *base64url_hash(proof->id) == logged &&
           proves_entry(opened(proof->statement), logged, proof->position, proof->path);
  }

  tests::SmallLedger small_;
  tests::IntakeLot lot_{small_};
};

TEST_F(SubjectHeadTest, SaysWhatTheLogHoldsUnderTheServicesSignature) {
  lot_.deliver(3);
  const auto head = small_.log->subject_head(lot_.sub);
  ASSERT_TRUE(head);
  const auto claims = opened(head->jws);
  EXPECT_EQ(claims, head->claims);
  EXPECT_EQ(claims.aud, small_.log->deployment_id());
  EXPECT_EQ(claims.origin, small_.log->origin());
  EXPECT_EQ(claims.sub, lot_.sub);
  EXPECT_EQ(claims.count, 3U);
  EXPECT_EQ((TreeHead{claims.size, claims.log_root}), small_.log->head());
  EXPECT_EQ(claims.minute, small_.clock.now / 60'000 * 60);
  EXPECT_TRUE(proves_all(claims, lot_.ids));
}

TEST_F(SubjectHeadTest, IsTheSameForAllUntilTheSubjectMovesOrTheMinuteIsOver) {
  lot_.deliver(1);
  const auto first = small_.log->subject_head(lot_.sub)->jws;
  small_.add(small_.harvest());
  EXPECT_EQ(small_.log->subject_head(lot_.sub)->jws, first) << "another subject's entry";
  lot_.deliver(1);
  const auto second = small_.log->subject_head(lot_.sub)->jws;
  EXPECT_EQ(opened(second).count, 2U) << "at once, not when the minute is over";
  small_.clock.now += 60'000;
  const auto third = small_.log->subject_head(lot_.sub)->jws;
  EXPECT_NE(third, second);
  EXPECT_EQ(opened(third).minute, opened(second).minute + 60);
  EXPECT_EQ(opened(third).root, opened(second).root);
}

TEST_F(SubjectHeadTest, ALongHistoryIsReadInPagesAndEveryEntryIsProved) {
  for (const int more : {255, 1, 1, 255, 90}) {  // around the ends of two pages
    lot_.deliver(more);
    const auto claims = small_.log->subject_head(lot_.sub)->claims;
    ASSERT_EQ(claims.count, lot_.ids.size());
    EXPECT_EQ(read_all(lot_.sub, claims.count), lot_.ids);
    EXPECT_TRUE(proves_all(claims, lot_.ids));
    for (std::size_t i = 0; i < lot_.ids.size(); i += i % 3 == 0 ? 31 : 7) {
      EXPECT_TRUE(proves(lot_.sub, base64url_encode(lot_.ids[i]), lot_.ids[i])) << i;
    }
  }
  EXPECT_EQ(small_.log->subject_entries(lot_.sub, 1)->size(), 256U);
  EXPECT_EQ(small_.log->subject_entries(lot_.sub, 2)->size(), 90U);
  EXPECT_EQ(small_.log->subject_entries(lot_.sub, 3).error().rule, "subject.page");
  small_.reopen();
  EXPECT_TRUE(proves_all(small_.log->subject_head(lot_.sub)->claims, lot_.ids));
}

TEST_F(SubjectHeadTest, AnAdoptedEntryIsProvedByWhatCarriesIt) {
  const auto held = small_.harvest("7");
  small_.add(small_.revocation("member"));
  ASSERT_EQ(small_.submit(held).kind, Outcome::Kind::held);
  Draft draft;
  draft.sub = held.sub;
  draft.iat = 1'790'000'000;
  draft.data = {{"entry", held.jws}};
  EntryMaker maker(small_.people.deployment_id(), seeded_entropy("adoption"));
  const auto adoption = small_.add(*maker.make(
      small_.people.key("clerk"), *small_.people.bundle().find("entry.adopt/1"), draft));
  EXPECT_TRUE(proves(held.sub, held.id, *base64url_hash(adoption.id)));
  EXPECT_TRUE(proves(held.sub, adoption.id, *base64url_hash(adoption.id)));
}

TEST_F(SubjectHeadTest, WhatIsNotThereIsNotProved) {
  lot_.deliver(1);
  const auto other = small_.add(small_.harvest());
  const std::string nobody = "batch:00000000000000000000000000";
  EXPECT_EQ(small_.log->subject_head(nobody).error().rule, "subject.unknown");
  EXPECT_EQ(small_.log->subject_entries(nobody, 0).error().rule, "subject.unknown");
  EXPECT_EQ(small_.log->subject_proof(nobody, other.id).error().rule, "subject.unknown");
  EXPECT_EQ(small_.log->subject_proof(lot_.sub, other.id).error().rule, "entry.not-found");
  EXPECT_EQ(small_.log->subject_proof(lot_.sub, "x").error().rule, "entry.not-found");
  EXPECT_EQ(small_.log->subject_head("").error().rule, "subject.unknown");
}

/// The store ahead of what is released, as between a commit and its anchor.
TEST_F(SubjectHeadTest, SpeaksOfReleasedEntriesAlone) {
  lot_.deliver(600);
  small_.log.reset();
  const Start start = *check_start(*small_.store, *small_.anchor, 0);
  const auto signing =
      *find_signing(start.signers, start.deployment.origin, start.head.size, *small_.keys().stock);
  const auto release = [&](const TreeHead& head) {
    return *Releaser::open({*start.tree, start.deployment.id, [](const Error&) {}}, head, 1,
                           signing);
  };
  const std::uint64_t before = start.head.size - 600;
  for (const std::uint64_t count : {1U, 255U, 256U, 257U, 511U, 512U, 513U, 599U, 600U}) {
    const TreeHead released{before + count, *start.tree->root(before + count)};
    const auto releaser = release(released);
    HeadDesk desk(
        {*small_.store, 0, *releaser, small_.clock, start.deployment.id, start.deployment.origin});
    const auto head = desk.statement(lot_.sub);
    ASSERT_TRUE(head) << count << head.error().rule;
    EXPECT_EQ(head->claims.count, count);
    EXPECT_TRUE(proves_all(head->claims, lot_.first(count))) << count;
    const auto last = desk.proof(lot_.sub, base64url_encode(lot_.ids[count - 1]));
    ASSERT_TRUE(last) << count;
    EXPECT_TRUE(proves_entry(head->claims, lot_.ids[count - 1], last->position, last->path));
    if (count < 600) {
      EXPECT_EQ(desk.proof(lot_.sub, base64url_encode(lot_.ids[count])).error().rule,
                "entry.not-found");
    }
    EXPECT_EQ(desk.entries(lot_.sub, (count - 1) / 256)->size(), (count - 1) % 256 + 1);
  }
  const TreeHead released{before, *start.tree->root(before)};
  const auto releaser = release(released);
  HeadDesk desk(
      {*small_.store, 0, *releaser, small_.clock, start.deployment.id, start.deployment.origin});
  EXPECT_EQ(desk.statement(lot_.sub).error().rule, "subject.unknown");
}

TEST_F(SubjectHeadTest, AShortHistoryCostsNoRow) {
  lot_.deliver(255);
  std::size_t rows = 0;
  const auto count = [&] {
    rows = 0;
    const std::string first = keys::prefix(0, 'e');
    EXPECT_TRUE(small_.store->scan(Family::index, first, keys::after(first),
                                   [&](auto, auto) { return ++rows > 0; }));
    return rows;
  };
  EXPECT_EQ(count(), 0U);
  lot_.deliver(1);
  EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace nguon::ledger
