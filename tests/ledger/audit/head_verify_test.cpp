#include "ledger/audit/head_verify.hpp"

#include "ledger/entry/jws.hpp"
#include "tests/ledger/audit/season.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <functional>

namespace nguon::ledger {
namespace {

/// A batch with a harvest, a correction and a recall, as its bundle and its head tell it.
class HeadVerifyTest : public testing::Test {
 protected:
  HeadVerifyTest() { look(); }

  void look() {
    bundle_ = *make_bundle(*season_.small.log, season_.picked);
    report_ = *verify_bundle(bundle_, season_.small.log->log_vkey());
    head_ = *season_.small.log->subject_head(season_.picked);
  }
  Result<HeadClaims> verify() { return verify_head(head_.jws, report_); }
  /// What the operator's own key says of these claims.
  std::string rule_of(const std::function<void(HeadClaims&)>& lie) {
    HeadClaims claims = head_.claims;
    lie(claims);
    const auto verified =
        verify_head(sign_head(season_.small.people.key("service"), claims), report_);
    return verified ? "good" : verified.error().rule + verified.error().field;
  }

  tests::Season season_;
  std::string bundle_;
  BundleReport report_;
  HeadStatement head_;
};

TEST_F(HeadVerifyTest, ACompleteFileIsSaidToBeComplete) {
  const auto claims = verify();
  ASSERT_TRUE(claims) << claims.error().detail;
  EXPECT_EQ(claims->count, 3U);
  EXPECT_NE(head_text(*claims).find("exactly these 3"), std::string::npos);
}

TEST_F(HeadVerifyTest, AWithheldRecallLeavesTheOperatorsSignatureContradictingTheLog) {
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.count = 2; }), "verify.head/count");
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.root.bytes[0] ^= 1; }), "verify.head/root");
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.log_root.bytes[0] ^= 1; }), "verify.head/log_root");
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.count = 4; }), "verify.head/count");
}

TEST_F(HeadVerifyTest, AnOldFileIsNotCompleteUnderANewHead) {
  const BundleReport report = report_;
  const HeadStatement before = head_;
  season_.say("batch.recall/1", "director", season_.picked,
              "{'on':'2026-09-21','reason':'residue','action':'do_not_eat',"
              "'notice':{'vi':'Thu hồi mẫu','en':'Sample recall'}}");
  look();
  EXPECT_TRUE(verify());
  EXPECT_TRUE(verify_head(before.jws, report_)) << "the new file holds what it counted";
  EXPECT_EQ(verify_head(head_.jws, report).error().rule, "verify.head");
}

TEST_F(HeadVerifyTest, AStatementOfAnotherLogSubjectOrKeyProvesNothing) {
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.origin = "other.example/log/0"; }), "verify.head/origin");
  EXPECT_EQ(rule_of([](HeadClaims& c) { c.aud = std::string(43, 'A'); }), "verify.head/aud");
  EXPECT_EQ(rule_of([&](HeadClaims& c) { c.sub = season_.packed; }), "verify.head/sub");
  const auto forged = sign_head(season_.small.people.key("log"), head_.claims);
  EXPECT_EQ(verify_head(forged, report_).error().rule, "verify.head")
      << "the log key signs checkpoints alone";
}

}  // namespace
}  // namespace nguon::ledger
