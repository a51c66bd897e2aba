#include "ledger/base/json.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

std::string parse_rule(std::string_view text, const JsonLimits& limits = {}) {
  const auto parsed = parse_json(text, limits);
  return parsed ? "accepted" : parsed.error().rule;
}

TEST(StrictJson, ReadsAnOrdinaryDocument) {
  const auto parsed = parse_json(R"({"a":[1,-2,true,null,"Cà phê"],"b":{"c":""}})");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(boost::json::serialize(*parsed), R"({"a":[1,-2,true,null,"Cà phê"],"b":{"c":""}})");
}

TEST(StrictJson, RefusesDuplicateKeysAtAnyDepth) {
  EXPECT_EQ(parse_rule(R"({"a":1,"a":2})"), "json.duplicate-key");
  EXPECT_EQ(parse_rule(R"({"x":[{"a":1,"b":{},"a":2}]})"), "json.duplicate-key");
  EXPECT_EQ(parse_rule(R"({"a":1,"\u0061":2})"), "json.duplicate-key");
  EXPECT_EQ(parse_rule(R"({"a":{"a":1},"b":{"a":1}})"), "accepted");
}

TEST(StrictJson, RefusesNumbersThatAreNotSafeIntegers) {
  EXPECT_EQ(parse_rule("9007199254740991"), "accepted");
  EXPECT_EQ(parse_rule("9007199254740992"), "json.number");
  EXPECT_EQ(parse_rule("18446744073709551615"), "json.number");
  EXPECT_EQ(parse_rule("1.5"), "json.number");
  EXPECT_EQ(parse_rule("1e3"), "json.number");
}

TEST(StrictJson, BoundsDepth) {
  EXPECT_EQ(parse_rule("[[[[[[[[1]]]]]]]]"), "accepted");
  EXPECT_EQ(parse_rule("[[[[[[[[[1]]]]]]]]]"), "json.depth");
  EXPECT_EQ(parse_rule(std::string(1'000'000, '[')), "json.depth");
}

TEST(StrictJson, RefusesTextThatIsNotNfcOrNotUtf8) {
  EXPECT_EQ(parse_rule("\"e\xcc\x81\""), "json.nfc");  // e + combining acute
  EXPECT_EQ(parse_rule("\"\xc3\xa9\""), "accepted");
  EXPECT_EQ(parse_rule("\"\xff\""), "json.syntax");
  EXPECT_EQ(parse_rule("\"\\ud800\""), "json.syntax");  // a lone surrogate is no text
}

TEST(StrictJson, RefusesWhatIsNotOneJsonText) {
  for (const auto* text : {"", " ", "{", "{}{}", "[1,]", "nul", "{'a':1}", "// c\n1", "NaN"}) {
    EXPECT_EQ(parse_rule(text), "json.syntax") << text;
  }
}

}  // namespace
}  // namespace nguon::ledger
