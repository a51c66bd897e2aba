#include "ledger/log/head_statement.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/statement.hpp"
#include "tests/support/files.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

std::vector<Hash> invented_ids(int count) {
  std::vector<Hash> ids;
  for (int i = 0; i < count; ++i) ids.push_back(sha256("mẫu " + std::to_string(i)));
  return ids;
}

std::vector<std::string> lines_of(const std::string& name) {
  std::istringstream text(tests::read_file(NGUON_LEDGER_GOLDEN "/log/" + name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

/// The worked example of FORMAT.md, which OpenSSL and Python wrote.
class HeadStatementTest : public testing::Test {
 protected:
  std::string changed(const std::function<void(json::object&)>& change) {
    auto payload = json::parse(parse_jws(golden_, head_typ)->payload).as_object();
    change(payload);
    return make_jws(service_, head_typ, json::serialize(payload));
  }
  std::string rule(std::string_view jws) {
    const auto opened = open_head(jws, service_.public_key());
    return opened ? "good" : opened.error().rule + opened.error().field;
  }

  const PrivateKey service_ = PrivateKey::from_seed(Alg::eddsa, std::string(32, 's'));
  const std::string golden_ = lines_of("head.jwt").at(0);
};

TEST_F(HeadStatementTest, IsTheGoldenOctetsBothWays) {
  const auto claims = open_head(golden_, service_.public_key());
  ASSERT_TRUE(claims) << claims.error().rule << claims.error().field;
  EXPECT_EQ(claims->origin, "so.example/log/0");
  EXPECT_EQ(claims->count, 3U);
  EXPECT_EQ(claims->size, 7U);
  EXPECT_EQ(claims->minute, 1'790'000'040);
  EXPECT_EQ(sign_head(service_, *claims), golden_);
}

TEST_F(HeadStatementTest, ProvesThatNothingWasLeftOut) {
  const auto claims = *open_head(golden_, service_.public_key());
  auto ids = invented_ids(3);
  EXPECT_TRUE(proves_all(claims, ids));
  EXPECT_TRUE(proves_all(claims, invented_ids(4))) << "a newer entry is another head's to prove";
  EXPECT_FALSE(proves_all(claims, invented_ids(2)));
  std::swap(ids[0], ids[1]);
  EXPECT_FALSE(proves_all(claims, ids));
  ids = invented_ids(3);
  ids[2].bytes[31] ^= 1;
  EXPECT_FALSE(proves_all(claims, ids));
  ids = invented_ids(3);
  ids.erase(ids.begin());
  ids.push_back(sha256("mẫu 3"));
  EXPECT_FALSE(proves_all(claims, ids));
}

TEST_F(HeadStatementTest, ProvesOneEntryByItsPath) {
  HeadClaims claims;
  claims.count = 511;
  claims.root = *base64url_hash(lines_of("subject_root_511.txt").at(0));
  std::vector<Hash> path;
  for (const auto& line : lines_of("subject_path_300_511.txt")) {
    path.push_back(*base64url_hash(line));
  }
  EXPECT_TRUE(proves_entry(claims, sha256("mẫu 300"), 300, path));
  EXPECT_FALSE(proves_entry(claims, sha256("mẫu 300"), 301, path));
  EXPECT_FALSE(proves_entry(claims, sha256("mẫu 301"), 300, path));
  claims.count = 1024;  // another shape; within one shape the count is the signature's to bind
  EXPECT_FALSE(proves_entry(claims, sha256("mẫu 300"), 300, path));
}

TEST_F(HeadStatementTest, EveryMemberMustBeThereAndBeWhatItIs) {
  for (const char* name : {"aud", "origin", "sub", "count", "root", "size", "log_root", "minute"}) {
    const std::string field = std::string("head.claims/") + name;
    EXPECT_EQ(rule(changed([&](json::object& o) { o.erase(name); })), field);
    EXPECT_EQ(rule(changed([&](json::object& o) { o[name] = nullptr; })), field);
    EXPECT_EQ(rule(changed([&](json::object& o) { o[name] = json::array{1}; })), field);
  }
  EXPECT_EQ(rule(changed([](json::object& o) { o["more"] = 1; })), "head.claims");
  EXPECT_EQ(rule(changed([](json::object& o) { o["count"] = 0; })), "head.claims/count");
  EXPECT_EQ(rule(changed([](json::object& o) { o["count"] = 8; })), "head.claims/count");
  EXPECT_EQ(rule(changed([](json::object& o) { o["count"] = -1; })), "head.claims/count");
  EXPECT_EQ(rule(changed([](json::object& o) { o["minute"] = 61; })), "head.claims/minute");
  EXPECT_EQ(rule(changed([](json::object& o) { o["root"] = "AAAA"; })), "head.claims/root");
  EXPECT_EQ(rule(changed([](json::object& o) { o["aud"] = "x"; })), "head.claims/aud");
  EXPECT_EQ(rule(changed([](json::object& o) { o["origin"] = std::string(4096, 'a'); })),
            "head.claims");
  EXPECT_EQ(rule(make_jws(service_, head_typ, "[]")), "head.claims");
}

TEST_F(HeadStatementTest, OnlyItsOwnKindByTheServiceKeyIsOne) {
  const auto other = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'x'));
  EXPECT_EQ(open_head(golden_, other.public_key()).error().rule, "jws.signature");
  EXPECT_EQ(rule(make_jws(service_, refusal_typ, parse_jws(golden_, head_typ)->payload)),
            "jws.typ/typ");
  const Jws parsed = *parse_jws(golden_, head_typ);
  const std::string input =
      base64url_encode(R"({"alg":"EdDSA","typ":"nguon-head+jwt","kid":")" + other.kid() + "\"}") +
      "." + base64url_encode(parsed.payload);
  EXPECT_EQ(rule(input + "." + base64url_encode(service_.sign(input))), "head.claims/kid");
  std::string flipped = golden_;
  flipped.at(flipped.size() / 2) ^= 1;
  EXPECT_NE(rule(flipped), "good");
}

}  // namespace
}  // namespace nguon::ledger
