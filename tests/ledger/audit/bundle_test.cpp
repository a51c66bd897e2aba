#include "ledger/audit/bundle.hpp"

#include "ledger/audit/proof_bundle.hpp"
#include "ledger/log/note.hpp"
#include "tests/ledger/audit/season.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

namespace nguon::ledger {
namespace {

using testing::HasSubstr;

class BundleTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    season_ = new tests::Season;
    vkey_ = season_->small.log->log_vkey();
    head_ = season_->small.log->head();
    auto made = make_bundle(*season_->small.log, season_->packed);
    ASSERT_TRUE(made) << made.error().rule << made.error().detail;
    text_ = std::move(*made);
  }
  static void TearDownTestSuite() {
    delete season_;
    season_ = nullptr;
  }

  static ProofBundle parsed() { return *parse_proof_bundle(text_); }
  static std::string rule_of(const ProofBundle& bundle) {
    const auto report = verify_bundle(format_proof_bundle(bundle), vkey_);
    return report ? "good" : report.error().rule;
  }
  /// What a reader says without the entries that `drop` names, the rest being proved anew.
  static std::string rule_without(const std::function<bool(const ProvenEntry&)>& drop) {
    const auto report = *verify_bundle(text_, vkey_);
    auto bundle = parsed();
    auto proven = report.entries.begin();
    std::erase_if(bundle.entries, [&](const BundledEntry&) { return drop(*proven++); });
    std::vector<std::uint64_t> logged;
    for (const auto& entry : bundle.entries) {
      if (entry.logged) logged.push_back(entry.logged->index);
    }
    bundle.proof = *season_->small.log->joint_path(logged, report.head.size);
    return rule_of(bundle);
  }

  static tests::Season* season_;
  static TreeHead head_;  ///< Of the log when text_ was made; other tests make it grow.
  static std::string text_, vkey_;
};

tests::Season* BundleTest::season_ = nullptr;
TreeHead BundleTest::head_;
std::string BundleTest::text_, BundleTest::vkey_;

TEST_F(BundleTest, HoldsTheHistoryEverythingUpstreamAndWhoSigned) {
  const auto report = verify_bundle(text_, vkey_);
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().field << ' '
                      << report.error().detail;
  std::multiset<std::string> said;
  std::set<std::string> subjects;
  for (const auto& entry : report->entries) {
    said.insert(entry.type);
    subjects.insert(entry.sub);
  }
  EXPECT_EQ(report->sub, season_->packed);
  EXPECT_EQ(report->head, head_);
  EXPECT_TRUE(report->missing.empty());
  EXPECT_EQ(said.count("genesis/1"), 1U);
  EXPECT_EQ(said.count("batch.harvest/1"), 1U);
  EXPECT_EQ(said.count("batch.recall/1"), 2U);
  EXPECT_EQ(said.count("batch.correct/1"), 1U);
  EXPECT_EQ(said.count("ocop.decision/1"), 1U);
  EXPECT_EQ(said.count("certificate.add/1"), 1U) << "the one for another product stays out";
  EXPECT_EQ(said.count("key.revoke/1"), 1U);
  for (const auto& sub :
       {season_->packed, season_->sorted, season_->picked, season_->small.product,
        season_->small.site, season_->small.coop, season_->ocop, season_->certificate}) {
    EXPECT_TRUE(subjects.contains(sub)) << sub;
  }
  EXPECT_FALSE(subjects.contains(season_->foreign_certificate));
}

TEST_F(BundleTest, AnAdoptedEntryIsProvenWithTheKeyThatHadEnded) {
  const auto text = make_bundle(*season_->small.log, season_->adopted.sub);
  ASSERT_TRUE(text);
  const auto report = verify_bundle(*text, vkey_);
  ASSERT_TRUE(report) << report.error().rule << report.error().detail;
  const auto adopted = std::find_if(report->entries.begin(), report->entries.end(),
                                    [](const ProvenEntry& entry) { return entry.adopted; });
  ASSERT_NE(adopted, report->entries.end());
  EXPECT_EQ(adopted->type, "batch.harvest/1");
  EXPECT_EQ(adopted->id, season_->adoption.id);
}

TEST_F(BundleTest, AStrictSubjectIsProvenInItsOrder) {
  const auto text = make_bundle(*season_->small.log, season_->range);
  ASSERT_TRUE(text);
  const auto report = verify_bundle(*text, vkey_);
  ASSERT_TRUE(report) << report.error().rule << report.error().detail;
  EXPECT_EQ(std::count_if(report->entries.begin(), report->entries.end(),
                          [](const auto& entry) { return entry.type == "label.apply/1"; }),
            3);
  auto bundle = *parse_proof_bundle(*text);
  const auto first_apply =
      std::find_if(report->entries.begin(), report->entries.end(),
                   [](const auto& entry) { return entry.type == "label.apply/1"; });
  EXPECT_TRUE(first_apply->named) << "the next one continues it";
  bundle.entries.erase(bundle.entries.begin() + (first_apply - report->entries.begin()));
  EXPECT_EQ(rule_of(bundle), "verify.prev");
}

TEST_F(BundleTest, ASubjectTheLogDoesNotKnowIsNotFound) {
  const auto none = make_bundle(*season_->small.log, tests::some_subject("batch"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::not_found);
  EXPECT_EQ(none.error().rule, "subject.not-found");
}

TEST_F(BundleTest, EveryFlippedOctetIsFoundAndNamed) {
  // A sample by the run's seed; of the golden bundle each octet is tried (golden_bundle_test).
  const int seed = testing::UnitTest::GetInstance()->random_seed();
  SCOPED_TRACE(seed);
  std::mt19937 random(static_cast<std::uint32_t>(seed));
  std::set<std::size_t> places;
  while (places.size() < 200) places.insert(random() % 1200);  // the frame and the first entry
  while (places.size() < 300) places.insert(text_.size() - 1 - random() % 400);
  while (places.size() < 600) places.insert(random() % text_.size());
  std::string text = text_;
  for (const std::size_t at : places) {
    const char original = text[at];
    text[at] = static_cast<char>(original ^ (1 << (random() % 8)));
    const auto report = verify_bundle(text, vkey_);
    ASSERT_FALSE(report) << "octet " << at << " of " << text.substr(at > 20 ? at - 20 : 0, 40);
    ASSERT_FALSE(report.error().rule.empty());
    text[at] = original;
  }
  EXPECT_TRUE(verify_bundle(text, vkey_));
}

TEST_F(BundleTest, AFlippedLeafIsNamedByItsIndex) {
  auto bundle = parsed();
  const auto third = std::find_if(bundle.entries.begin() + 3, bundle.entries.end(),
                                  [](const auto& entry) { return entry.logged.has_value(); });
  third->payload[third->payload.find("iat") + 6] ^= 1;
  const auto report = verify_bundle(format_proof_bundle(bundle), vkey_);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().rule, "jws.signature");
  EXPECT_EQ(report.error().field, "/entries/" + std::to_string(third - bundle.entries.begin()));
  EXPECT_THAT(report.error().detail, HasSubstr("index " + std::to_string(third->logged->index)));
}

TEST_F(BundleTest, WhatOnlyTheLeavesSayIsHeldByTheRoot) {
  auto later = parsed();
  ++later.entries.back().logged->recorded;
  EXPECT_EQ(rule_of(later), "verify.inclusion");
  auto shorter = parsed();
  shorter.proof.pop_back();
  EXPECT_EQ(rule_of(shorter), "verify.inclusion");
  auto longer = parsed();
  longer.proof.push_back(longer.proof.front());
  EXPECT_EQ(rule_of(longer), "verify.inclusion");
}

TEST_F(BundleTest, OtherSpellingsOfTheSameAreRefused) {
  EXPECT_EQ(verify_bundle(text_ + "\n", vkey_).error().rule, "verify.canonical");
  EXPECT_EQ(verify_bundle(" " + text_, vkey_).error().rule, "verify.canonical");
  std::string escaped = text_;
  escaped.replace(escaped.find("nguon-bundle/2"), 14, "nguon-bundle\\/2");
  EXPECT_EQ(verify_bundle(escaped, vkey_).error().rule, "verify.canonical");
  EXPECT_EQ(verify_bundle("{}", vkey_).error().rule, "verify.syntax");
  EXPECT_EQ(verify_bundle(std::string(max_bundle_octets + 1, ' '), vkey_).error().code,
            Errc::too_large);
}

TEST_F(BundleTest, AnotherLogsKeyOpensNothing) {
  tests::People others("others");
  const auto other = NoteVerifier::make("nguon.example/log/0", others.key("log").public_key());
  EXPECT_EQ(verify_bundle(text_, other->text()).error().rule, "note.unknown-keys");
  EXPECT_EQ(verify_bundle(text_, "nonsense").error().rule, "note.vkey");
}

TEST_F(BundleTest, LeavingOutWhatItStandsOnIsSeen) {
  EXPECT_EQ(rule_without([](const auto& entry) { return entry.index == 0; }), "verify.genesis");
  EXPECT_EQ(rule_without([](const auto& entry) { return entry.type == "key.add/1"; }),
            "verify.key");
  EXPECT_EQ(rule_without([](const auto& entry) { return entry.sub == season_->picked; }),
            "verify.missing");
  EXPECT_EQ(rule_without([](const auto& entry) { return entry.sub == season_->packed; }),
            "verify.inclusion")
      << "what it was made of has nothing behind it";
  auto other = parsed();
  other.sub = tests::some_subject("batch");
  EXPECT_EQ(rule_of(other), "verify.sub");
}

TEST_F(BundleTest, OrderAndIndexAreTheLogs) {
  auto swapped = parsed();
  std::swap(swapped.entries[2], swapped.entries[3]);
  EXPECT_EQ(rule_of(swapped), "verify.order");
  auto doubled = parsed();
  doubled.entries.insert(doubled.entries.begin() + 2, doubled.entries[1]);
  EXPECT_EQ(rule_of(doubled), "verify.order");
  auto beyond = parsed();
  beyond.entries.back().logged->index = season_->small.log->head().size;
  EXPECT_EQ(rule_of(beyond), "verify.order");
  auto moved = parsed();
  moved.entries.back().logged->index -= 1;
  EXPECT_NE(rule_of(moved), "good");
}

TEST_F(BundleTest, ReportSaysWhatIsAndWhatIsNotProven) {
  const auto words = report_text(*verify_bundle(text_, vkey_));
  EXPECT_THAT(words, HasSubstr("good: "));
  EXPECT_THAT(words, HasSubstr("batch.recall/1"));
  EXPECT_THAT(words, HasSubstr("#0  recorded 2026-"));
  EXPECT_THAT(words, HasSubstr("before #"));
  EXPECT_THAT(words, HasSubstr("not proven by this file alone:"));
  EXPECT_THAT(words, HasSubstr("the place of an entry marked `before`"));
}

TEST_F(BundleTest, ADeskThatMadeItBeforeSaysWhatWasLoggedSince) {
  const BundleDesk desk(*season_->small.log);
  const auto& product = season_->small.product;
  ASSERT_EQ(*desk.make(product), *make_bundle(*season_->small.log, product));
  const auto picked = season_->small.add(season_->small.harvest("4", "packer"));
  ASSERT_FALSE(desk.make(tests::some_subject("batch")));
  const auto first = *desk.make(picked.sub);
  EXPECT_EQ(first, *make_bundle(*season_->small.log, picked.sub));
  EXPECT_EQ(verify_bundle(first, vkey_)->sub, picked.sub);
  season_->say("batch.recall/1", "director", picked.sub,
               "{'on':'2026-09-21','reason':'residue','action':'do_not_eat',"
               "'notice':{'vi':'Thu hồi mẫu','en':'Sample recall'}}");
  const auto after = *desk.make(picked.sub);
  EXPECT_EQ(after, *make_bundle(*season_->small.log, picked.sub));
  EXPECT_EQ(verify_bundle(after, vkey_)->entries.back().type, "batch.recall/1");
}

TEST_F(BundleTest, StaysTrueWhenTheLogGrows) {
  season_->small.add(season_->small.harvest("3", "packer"));
  const auto report = verify_bundle(text_, vkey_);
  ASSERT_TRUE(report);
  EXPECT_LT(report->head.size, season_->small.log->head().size);
}

}  // namespace
}  // namespace nguon::ledger
