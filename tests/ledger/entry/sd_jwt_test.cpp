#include "ledger/entry/sd_jwt.hpp"

#include "ledger/base/base64url.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const std::string d1(43, 'A');
const std::string d2 = std::string(42, 'B') + "A";
const std::string salt = base64url_encode(std::string(16, 's'));

std::string slots_of(const std::string& data) {
  const auto found = find_slots(boost::json::parse(data).as_object());
  if (!found) return found.error().rule + " " + found.error().field;
  std::string pointers;
  for (const auto& slot : *found) pointers += slot.pointer + " ";
  return pointers;
}
std::string slot(const std::string& digest) { return R"({"_sd":[")" + digest + R"("]})"; }

std::string disclosure_rule(std::string_view json) {
  const auto parsed = disclosed_value(base64url_encode(json));
  return parsed ? "accepted" : parsed.error().rule;
}

TEST(SdJwt, SplitsAtTildes) {
  const auto parts = split_sd_jwt("a.b.c~d~ee~");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->jws, "a.b.c");
  ASSERT_EQ(parts->disclosures.size(), 2U);
  EXPECT_EQ(parts->disclosures[1], "ee");
  EXPECT_EQ(parts->disclosures_size, 5U);
  EXPECT_TRUE(split_sd_jwt("a.b.c~")->disclosures.empty());
  for (const auto* text : {"", "a.b.c", "a.b.c~d", "a.b.c~~", "a.b.c~d~~e~"}) {
    EXPECT_EQ(split_sd_jwt(text).error().rule, "sd-jwt.shape") << text;
  }
}

TEST(Slots, AreFoundWhereverTheyStand) {
  EXPECT_EQ(slots_of(R"({"a":)" + slot(d1) + R"(,"b":[{"c/~":)" + slot(d2) + "}]}"),
            "/a /b/0/c~1~0 ");
  EXPECT_EQ(slots_of(R"({"a":1})"), "");
}

TEST(Slots, HoldExactlyOneDigestAndNothingElse) {
  const std::string a = R"({"a":)";
  EXPECT_EQ(slots_of(a + R"({"_sd":[")" + d1 + R"(",")" + d2 + R"("]}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + R"({"_sd":[]}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + R"({"_sd":[1]}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + R"({"_sd":")" + d1 + R"("}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + R"({"_sd":[")" + d1 + R"("],"v":1}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + slot(d1.substr(1)) + "}"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(a + slot(std::string(42, 'A') + "B") + "}"), "entry.slot /data/a");
}

TEST(Slots, DataItselfAndReservedNamesAreNone) {
  EXPECT_EQ(slots_of(slot(d1)), "entry.slot /data");
  EXPECT_EQ(slots_of(R"({"a":{"_sd_alg":"sha-256"}})"), "entry.slot /data/a");
  EXPECT_EQ(slots_of(R"({"a":[{"...":")" + d1 + R"("}]})"), "entry.slot /data/a/0");
}

TEST(Slots, NoDigestStandsTwice) {
  EXPECT_EQ(slots_of(R"({"a":)" + slot(d1) + R"(,"b":)" + slot(d1) + "}"),
            "entry.slot-digest-twice /data/b");
}

TEST(Disclosure, IsSaltNameAndValue) {
  const auto parsed =
      disclosed_value(base64url_encode("[\"" + salt + R"(", "v", {"a":"Cà phê"}])"));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(boost::json::serialize(*parsed), R"({"a":"Cà phê"})");
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","w",1])"), "disclosure.name");
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","v"])"), "disclosure.shape");
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","v",1,2])"), "disclosure.shape");
  EXPECT_EQ(disclosure_rule(R"({"v":1})"), "disclosure.shape");
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","v",1.5])"), "json.number");
  EXPECT_EQ(disclosed_value("WyJ4Il0=").error().rule, "disclosure.shape");
}

TEST(Disclosure, SaltIs128BitsOrMore) {
  const auto with_salt = [](const std::string& text) { return "[\"" + text + R"(","v",1])"; };
  EXPECT_EQ(disclosure_rule(with_salt(salt)), "accepted");
  EXPECT_EQ(disclosure_rule(with_salt(base64url_encode(std::string(15, 's')))), "disclosure.salt");
  EXPECT_EQ(disclosure_rule(with_salt(base64url_encode(std::string(64, 's')))), "accepted");
  EXPECT_EQ(disclosure_rule(with_salt(base64url_encode(std::string(65, 's')))), "disclosure.salt");
  EXPECT_EQ(disclosure_rule(with_salt(salt + "=")), "disclosure.salt");
}

TEST(Disclosure, DoesNotDiscloseInTurn) {
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","v",{"x":[{"_sd":[]}]}])"), "disclosure.reserved");
  EXPECT_EQ(disclosure_rule("[\"" + salt + R"(","v",[{"...":"x"}]])"), "disclosure.reserved");
}

TEST(Disclosure, ValueNestsToEightLevels) {
  const auto nested = [](std::size_t levels) {
    return "[\"" + salt + R"(","v",)" + std::string(levels, '[') + std::string(levels, ']') + "]";
  };
  EXPECT_EQ(disclosure_rule(nested(8)), "accepted");
  EXPECT_EQ(disclosure_rule(nested(9)), "json.depth");
}

TEST(Disclosure, MatchesOneSlotOnce) {
  const Disclosure made = make_disclosure(std::string(16, 's'), "x");
  const std::vector<Slot> slots = {{"/a", made.digest}, {"/b", d1}};
  const auto matched = match_disclosures({made.text}, slots);
  ASSERT_TRUE(matched);
  EXPECT_EQ(matched->front().pointer, "/a");
  EXPECT_EQ(match_disclosures({made.text, made.text}, slots).error().rule, "disclosure.duplicate");
  const Disclosure other = make_disclosure(std::string(16, 't'), "x");
  const auto refused = match_disclosures({made.text, other.text}, slots);
  EXPECT_EQ(refused.error().rule, "disclosure.unmatched");
  EXPECT_EQ(refused.error().field, "/disclosures/1");
}

}  // namespace
}  // namespace nguon::ledger
