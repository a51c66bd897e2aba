// What a stranger needs to prove a subject's history, asked for as a stranger would.
#include "ledger/log/head_statement.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/support/intake_lot.hpp"

namespace nguon::server {
namespace {

class SubjectHeads : public TestApi {
 protected:
  ledger::HeadClaims head_of(std::string_view jws) {
    return ledger::open_head(jws, small.people.key("service").public_key()).value();
  }
  static ledger::Hash hash(const boost::json::value& text) {
    return ledger::base64url_hash(text.as_string()).value();
  }

  tests::IntakeLot lot{small};
};

TEST_F(SubjectHeads, PagesGiveTheRootOfTheHead) {
  lot.deliver(300);
  const Response response = get("/api/subjects/" + lot.sub + "/head");
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/jwt");
  EXPECT_EQ(response.cache_control, "public, max-age=2");
  const auto claims = head_of(response.body_view());
  EXPECT_EQ(claims.count, 300U);
  std::vector<ledger::Hash> ids;
  for (int page = 0; page < 2; ++page) {
    const Response part = get("/api/subjects/" + lot.sub + "/entries/" + std::to_string(page));
    ASSERT_EQ(part.status, 200);
    EXPECT_EQ(part.cache_control.find("immutable") != std::string::npos, page == 0);
    const auto object = body(part);
    EXPECT_EQ(object.at("sub").as_string(), lot.sub);
    EXPECT_EQ(object.at("first").as_int64(), 256 * page);
    for (const auto& entry : object.at("entries").as_array()) ids.push_back(hash(entry.at("id")));
  }
  EXPECT_EQ(ids, lot.ids);
  EXPECT_TRUE(ledger::proves_all(claims, ids));
}

TEST_F(SubjectHeads, OneEntryIsProvedUnderAHeadThatComesWithIt) {
  lot.deliver(5);
  const auto id = ledger::base64url_encode(lot.ids[3]);
  const Response response = get("/api/subjects/" + lot.sub + "/proofs/" + id);
  ASSERT_EQ(response.status, 200);
  const auto proof = body(response);
  EXPECT_EQ(proof.at("id").as_string(), id);
  EXPECT_EQ(proof.at("position").as_int64(), 3);
  std::vector<ledger::Hash> path;
  for (const auto& element : proof.at("path").as_array()) path.push_back(hash(element));
  EXPECT_TRUE(ledger::proves_entry(head_of(proof.at("head").as_string()), lot.ids[3], 3, path));
}

TEST_F(SubjectHeads, AskingAgainCostsNoBodyUntilTheSubjectMoves) {
  lot.deliver(2);
  const std::string base = "/api/subjects/" + lot.sub;
  const std::string first = ledger::base64url_encode(lot.ids[0]);
  for (const std::string& path : {base + "/head", base + "/entries/0", base + "/proofs/" + first}) {
    if_none_match.clear();
    if_none_match = header(get(path), "ETag");
    ASSERT_FALSE(if_none_match.empty()) << path;
    const Response again = get(path);
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_TRUE(again.body_view().empty()) << path;
    EXPECT_EQ(header(again, "ETag"), if_none_match) << path;
    EXPECT_EQ(again.cache_control, "public, max-age=2") << path;
    lot.deliver(1);
    EXPECT_EQ(get(path).status, 200) << path;
  }
}

TEST_F(SubjectHeads, WhatIsNotThereIs404AndWhatIsNoNumber400) {
  lot.deliver(1);
  const std::string base = "/api/subjects/" + lot.sub;
  EXPECT_EQ(get(base + "/entries/1").status, 404);
  EXPECT_EQ(body(get(base + "/entries/1")).at("rule").as_string(), "subject.page");
  for (const char* page : {"x", "-1", "00", "99999999999999999999"}) {
    EXPECT_EQ(get(base + "/entries/" + page).status, 400) << page;
  }
  EXPECT_EQ(get(base + "/entries/9223372036854775807").status, 404);
  EXPECT_EQ(get(base + "/proofs/x").status, 404);
  for (const std::string sub : {"batch:00000000000000000000000000", "x", "%2F"}) {
    for (const char* what : {"/head", "/entries/0", "/proofs/x"}) {
      EXPECT_EQ(get("/api/subjects/" + sub + what).status, 404) << sub << what;
    }
  }
  EXPECT_EQ(get("/api/subjects/%00/head").status, 400) << "no target may hold a control octet";
}

}  // namespace
}  // namespace nguon::server
