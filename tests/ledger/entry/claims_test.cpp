#include "ledger/entry/claims.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const PrivateKey& key() {
  static const PrivateKey made = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'c'));
  return made;
}

const std::string id(43, 'A');
const std::string subject = "batch:0123456789ABCDEFGHJKMNPQRS";

boost::json::object payload() {
  return {{"aud", id},
          {"jti", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"},
          {"type", "batch.harvest/1"},
          {"sub", subject},
          {"iat", 1'789'000'000},
          {"data", boost::json::object()}};
}

std::string verdict_on(std::string_view text) {
  const auto read =
      check_grammar_and_signature(make_jws(key(), entry_typ, text), key().public_key());
  return read ? "accepted" : read.error().rule + " " + read.error().field;
}

std::string verdict_with(std::string_view claim, std::string_view json) {
  auto changed = payload();
  changed[claim] = boost::json::parse(json);
  return verdict_on(boost::json::serialize(changed));
}

TEST(Claims, AllOfThemAreRead) {
  auto all = payload();
  all["prev"] = id;
  all["from"] = boost::json::parse(R"([{"sub":")" + subject + R"(","head":")" + id +
                                   R"(","qty":{"amount":"12.5","unit":"kg"}}])");
  all["seen"] = {{"origin", "nguon.example/log/0"}, {"size", 7}, {"root", id}};
  all["for"] = "person:0123456789ABCDEFGHJKMNPQRS";
  const std::string jws = make_jws(key(), entry_typ, boost::json::serialize(all));
  const auto entry = check_grammar_and_signature(jws, key().public_key());
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->jws, jws);
  EXPECT_EQ(entry->id, entry_id(jws.substr(0, jws.rfind('.'))));
  EXPECT_EQ(entry->kid, key().kid());
  EXPECT_EQ(entry->alg, Alg::eddsa);
  EXPECT_EQ(entry->aud, id);
  EXPECT_EQ(entry->jti, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_EQ(entry->type, "batch.harvest/1");
  EXPECT_EQ(entry->sub, subject);
  EXPECT_EQ(entry->prev, id);
  ASSERT_EQ(entry->from.size(), 1U);
  EXPECT_EQ(entry->from[0].amount, "12.5");
  EXPECT_EQ(entry->from[0].unit, "kg");
  EXPECT_EQ(entry->iat, 1'789'000'000);
  ASSERT_TRUE(entry->seen);
  EXPECT_EQ(entry->seen->size, 7U);
  EXPECT_EQ(entry->on_behalf_of, "person:0123456789ABCDEFGHJKMNPQRS");
}

TEST(Claims, RequiredOnesMayNotBeMissing) {
  EXPECT_EQ(verdict_on(boost::json::serialize(payload())), "accepted");
  for (const std::string claim : {"aud", "jti", "type", "sub", "iat", "data"}) {
    auto less = payload();
    less.erase(claim);
    EXPECT_EQ(verdict_on(boost::json::serialize(less)), "entry." + claim + " /" + claim);
  }
}

TEST(Claims, UnknownOnesAreRefused) {
  for (const auto* claim : {"exp", "_sd", "_sd_alg", "cnf", "Sub", ""}) {
    EXPECT_EQ(verdict_with(claim, "1"), "entry.claim ") << claim;
  }
}

TEST(Claims, NullIsNoAbsence) {
  for (const std::string claim : {"prev", "from", "seen", "for"}) {
    EXPECT_EQ(verdict_with(claim, "null"), "entry." + claim + " /" + claim);
  }
}

TEST(Claims, GenesisAloneHasNoAud) {
  EXPECT_EQ(verdict_with("type", R"("genesis/1")"), "entry.aud /aud");
  auto genesis = payload();
  genesis["type"] = "genesis/1";
  genesis.erase("aud");
  EXPECT_EQ(verdict_on(boost::json::serialize(genesis)), "accepted");
}

TEST(Claims, PayloadIsOneStrictObject) {
  EXPECT_EQ(verdict_on("[]"), "entry.payload ");
  EXPECT_EQ(verdict_on(""), "json.syntax ");
  EXPECT_EQ(verdict_on(R"({"a":1,"a":1})"), "json.duplicate-key ");
  EXPECT_EQ(verdict_on("{\"a\":\"\xff\"}"), "json.syntax ");
  EXPECT_EQ(verdict_with("iat", "1.5"), "json.number ");
  EXPECT_EQ(verdict_with("iat", "9007199254740992"), "json.number ");
  EXPECT_EQ(verdict_with("data", "{\"a\":\"e\xCC\x81\"}"), "json.nfc ");  // e + combining acute
}

TEST(Claims, TimeIsAnyWholeSecondSince1970) {
  EXPECT_EQ(verdict_with("iat", "0"), "accepted");
  EXPECT_EQ(verdict_with("iat", "9007199254740991"), "accepted");
  EXPECT_EQ(verdict_with("iat", "-1"), "entry.iat /iat");
  EXPECT_EQ(verdict_with("iat", "\"1\""), "entry.iat /iat");
}

TEST(Claims, DataNestsToEightLevelsItselfTheFirst) {
  const auto nested = [](std::size_t levels) {
    return R"({"a":)" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
  };
  EXPECT_EQ(verdict_with("data", nested(8)), "accepted");
  EXPECT_EQ(verdict_with("data", nested(9)), "json.depth ");
}

TEST(Claims, InputsAreOneToSixtyFour) {
  const std::string one =
      R"({"sub":")" + subject + R"(","head":")" + id + R"(","qty":{"amount":"1","unit":"kg"}})";
  const auto many = [&](int count) {
    std::string array = "[" + one;
    for (int i = 1; i < count; ++i) array += "," + one;
    return array + "]";
  };
  EXPECT_EQ(verdict_with("from", many(64)), "accepted");
  EXPECT_EQ(verdict_with("from", many(65)), "entry.from /from");
  EXPECT_EQ(verdict_with("from", "[]"), "entry.from /from");
  EXPECT_EQ(verdict_with("from", one), "entry.from /from");
}

TEST(Claims, InputsNameSubjectHeadAndAmount) {
  const auto input = [](const std::string& sub, const std::string& head, const std::string& qty) {
    return verdict_with("from",
                        R"([{"sub":")" + sub + R"(","head":")" + head + R"(","qty":)" + qty + "}]");
  };
  const std::string kg = R"({"amount":"1","unit":"kg"})";
  EXPECT_EQ(input(subject, id, kg), "accepted");
  EXPECT_EQ(input("batch:1", id, kg), "entry.from /from/0/sub");
  EXPECT_EQ(input(subject, "x", kg), "entry.from /from/0/head");
  EXPECT_EQ(input(subject, id, "1"), "entry.from /from/0/qty");
  EXPECT_EQ(input(subject, id, R"({"amount":"1","unit":"kg","x":1})"), "entry.from /from/0/qty");
  EXPECT_EQ(input(subject, id, R"({"amount":1,"unit":"kg"})"), "entry.from /from/0/qty/amount");
  EXPECT_EQ(input(subject, id, R"({"amount":"1","unit":""})"), "entry.from /from/0/qty/unit");
}

TEST(Claims, SeenIsACheckpoint) {
  const auto seen = [](const std::string& origin, const std::string& size) {
    return verdict_with(
        "seen", R"({"origin":")" + origin + R"(","size":)" + size + R"(,"root":")" + id + R"("})");
  };
  EXPECT_EQ(seen("nguon.example/log/0", "0"), "accepted");
  EXPECT_EQ(seen("", "0"), "entry.seen /seen/origin");
  EXPECT_EQ(seen("a b", "0"), "entry.seen /seen/origin");
  EXPECT_EQ(seen(std::string(256, 'a'), "0"), "entry.seen /seen/origin");
  EXPECT_EQ(seen("a", "-1"), "entry.seen /seen/size");
  EXPECT_EQ(verdict_with("seen", R"({"origin":"a","size":1,"root":"x"})"), "entry.seen /seen/root");
  EXPECT_EQ(verdict_with("seen", R"({"origin":"a","size":1})"), "entry.seen /seen");
}

TEST(Claims, TypeIsNameAndMajor) {
  for (const auto* good : {"erase/1", "batch.harvest/1", "a-b.c/999"}) {
    EXPECT_TRUE(parse_type(good)) << good;
  }
  EXPECT_EQ(parse_type("batch.harvest/12")->name, "batch.harvest");
  EXPECT_EQ(parse_type("batch.harvest/12")->major, 12);
  for (const auto* bad :
       {"", "/1", "batch", "batch/", "batch/0", "batch/01", "batch/1000", "batch/1.0", "Batch/1",
        ".batch/1", "batch./1", "a..b/1", "batch/1/1", "bat ch/1"}) {
    EXPECT_FALSE(parse_type(bad)) << bad;
  }
}

TEST(Claims, AmountHasOneSpellingOfItsWholePart) {
  for (const auto* good : {"0", "1", "999999999999", "0.000001", "12.50", "0.0"}) {
    EXPECT_TRUE(is_amount(good)) << good;
  }
  for (const auto* bad : {"", "01", "-1", "+1", "1.", ".5", "1.0000001", "1000000000000", "1,5",
                          "1e3", " 1", "1 ", "0x1", "1.5.5"}) {
    EXPECT_FALSE(is_amount(bad)) << bad;
  }
}

TEST(Claims, OnlyAnAdoptionMayBeLarge) {
  auto large = payload();
  large["data"] = {{"text", std::string(max_jws_size, 'x')}};
  EXPECT_EQ(verdict_on(boost::json::serialize(large)), "entry.too-large ");
  large["type"] = "entry.adopt/1";
  EXPECT_EQ(verdict_on(boost::json::serialize(large)), "accepted");
  large["data"] = {{"text", std::string(max_adopt_jws_size, 'x')}};
  EXPECT_EQ(verdict_on(boost::json::serialize(large)), "entry.too-large ");
}

}  // namespace
}  // namespace nguon::ledger
