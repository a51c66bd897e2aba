#include "ledger/log/leaf.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

TEST(Leaf, IsWrittenExactlyAsTheFormatSays) {
  EXPECT_EQ(encode_leaf(1'789'000'000'123, "aa.bb.cc"),
            R"({"recorded":1789000000123,"entry":"aa.bb.cc"})");
  EXPECT_EQ(encode_leaf(0, "x"), R"({"recorded":0,"entry":"x"})");
}

TEST(Leaf, ReadsWhatItWrites) {
  const auto leaf = decode_leaf(9, encode_leaf(1'789'000'000'123, "aa.bb.cc"));
  ASSERT_TRUE(leaf);
  EXPECT_EQ(leaf->index, 9U);
  EXPECT_EQ(leaf->recorded, 1'789'000'000'123);
  EXPECT_EQ(leaf->jws, "aa.bb.cc");
}

TEST(Leaf, RefusesAnyOtherSpelling) {
  for (const char* text :
       {"", "{}", R"({"recorded":01,"entry":"x"})", R"({"recorded":-1,"entry":"x"})",
        R"({"recorded":+1,"entry":"x"})", R"({"recorded": 1,"entry":"x"})",
        R"({"recorded":1,"entry":"x"}})", R"({"entry":"x","recorded":1})",
        R"({"recorded":1,"entry":"x")", R"({"recorded":1,"entry":")",
        R"({"recorded":99999999999999999999,"entry":"x"})"}) {
    const auto leaf = decode_leaf(0, text);
    ASSERT_FALSE(leaf) << text;
    EXPECT_EQ(leaf.error().rule, "log.leaf");
  }
}

}  // namespace
}  // namespace nguon::ledger
