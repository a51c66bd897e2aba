#include "server/office/search.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

class SearchTest : public testing::Test {
 protected:
  SearchTest() {
    row.sub = "site:01ARZ3NDEKTSV4RRFFQ69G5FAV";
    row.text.add_words("Nương Đá Đỏ Hoà Bình");
    row.text.add_code("VN-SLOR-0017");
    row.text.add_words("Xã Chiềng Mai");
  }
  std::optional<int> rank(std::string_view typed) { return Search(typed).rank(row, sight); }

  Row row;
  const Viewer viewer{"kid", "person", "org", {"clerk"}};
  Sight sight{viewer, no_org, std::vector<std::uint32_t>{no_org}};
};

TEST_F(SearchTest, WordsBeginWordsInAnyOrderBlindToMarks) {
  for (const auto* typed : {"Nương", "nuong", "da do", "ĐÁ ĐỎ", "do da", "hòa", "Hoà bi",
                            "chieng n", "  nu   do ", "slor nuong"}) {
    EXPECT_TRUE(rank(typed)) << typed;
  }
  for (const auto* typed : {"uong", "nuong z", "hoabinh nuong"}) {
    EXPECT_FALSE(rank(typed)) << typed;
  }
}

TEST_F(SearchTest, ExactCodesThenNamesThenTheRest) {
  EXPECT_EQ(rank("vn slor 0017"), Search::exact);
  EXPECT_EQ(rank("VNSLOR0017"), Search::exact);
  EXPECT_EQ(rank("site:01ARZ3NDEKTSV4RRFFQ69G5FAV"), Search::exact);
  EXPECT_EQ(rank("01arz3ndektsv4rrffq69g5fav"), Search::exact);
  const auto name = rank("nuong da");
  const auto beginning = rank("vnslor00");
  const auto inside = rank("chieng");
  EXPECT_LT(Search::exact, *name);
  EXPECT_LT(*name, *beginning);
  EXPECT_LT(*beginning, *inside);
  EXPECT_EQ(rank("q69g 5fav"), Search::exact) << "what a member card shows";
  EXPECT_FALSE(rank("69G5FAV"));
  EXPECT_FALSE(rank("01ARZ3NDEKTSV4RRFFQ69G5FA"));
  EXPECT_FALSE(rank("lor0017"));
}

TEST_F(SearchTest, NothingTypedFindsAll) {
  EXPECT_TRUE(Search("").is_empty());
  EXPECT_TRUE(Search(" - ").is_empty());
  EXPECT_TRUE(rank(""));
}

TEST(PlainPhone, CountryCodesAndPunctuationDoNotMatter) {
  for (const auto* text : {"0912345678", "+84912345678", "84 912 345 678", "0912.345.678"}) {
    EXPECT_EQ(plain_phone(text), "0912345678") << text;
  }
  EXPECT_EQ(plain_phone("0849123456"), "0849123456");
  EXPECT_EQ(plain_phone("8412345"), "8412345");
}

TEST(PlainPhone, IsFoundHoweverItIsTyped) {
  const schemas::PrivateSlot slot{"/phone", {"clerk"}, true, {}};
  Row row;
  row.sub = "person:1";
  row.secrets.push_back({&slot, "\"+84912345678\"", {}});
  row.secrets[0].text.add_code(plain_phone("+84912345678"));
  const Viewer viewer{"kid", "person", "org", {"clerk"}};
  Sight sight(viewer, 0, std::vector<std::uint32_t>{no_org});
  for (const auto* typed : {"0912345678", "+84 912 345 678", "0912.345.678", "84912345678"}) {
    EXPECT_EQ(Search(typed).rank(row, sight), Search::exact) << typed;
  }
  EXPECT_TRUE(Search("09123").rank(row, sight));
  EXPECT_FALSE(Search("912345678").rank(row, sight));
}

}  // namespace
}  // namespace nguon::server
