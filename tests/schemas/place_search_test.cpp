#include "schemas/place_search.hpp"

#include "schemas/folding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace nguon::schemas {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST(Fold, IsBlindToMarksCaseAndPunctuation) {
  EXPECT_EQ(fold("Hoà Bình"), "hoa binh");
  EXPECT_EQ(fold("HÒA-BÌNH"), "hoa binh");
  EXPECT_EQ(fold("Đắk Lắk"), "dak lak");
  EXPECT_EQ(fold("Ea H’Leo"), "ea hleo");
  EXPECT_EQ(fold("Ea H'Leo"), "ea hleo");
  EXPECT_EQ(fold("  Nguyễn   Thị Ánh (Tổ 3) "), "nguyen thi anh to 3");
  EXPECT_EQ(fold("ươ ễ ặ Đ"), "uo e a d");
  EXPECT_EQ(fold("Ho\xc3\xa0 "), fold("Hoa\xcc\x80"));  // composed and not
  EXPECT_EQ(fold("…!?"), "");
  EXPECT_EQ(fold("\xff\xfe"), "");
  EXPECT_EQ(fold(""), "");
}

TEST(FormerPlaces, LeadToPlacesOfToday) {
  EXPECT_THAT(former_communes(), SizeIs(10'571));
  std::size_t parts = 0;
  for (const FormerPlace& place : former_communes()) {
    ASSERT_TRUE(find_commune(place.now)) << place.now;
    ASSERT_FALSE(place.name.empty()) << place.now;
    ASSERT_FALSE(place.province.empty()) << place.now;
    parts += place.part ? 1 : 0;
  }
  EXPECT_GT(parts, 800U);
}

/// Codes of what is found.
std::vector<std::string> codes(std::string_view text, std::size_t limit = 5) {
  std::vector<std::string> found;
  for (const auto& match : search_places(text, limit)) found.emplace_back(match.place.code);
  return found;
}

TEST(PlaceSearch, FindsAPlaceOfTodayByItsNameHoweverItIsTyped) {
  for (const auto* text : {"Chiềng Mai", "chieng mai", "XÃ CHIỀNG MAI", "chiềng  mai, sơn la",
                           "chieng mai tinh son la", "xã Chiềng Mai, tỉnh Sơn La"}) {
    EXPECT_EQ(codes(text).front(), "04132") << text;
  }
}

TEST(PlaceSearch, FindsByTheOldThreeLevelName) {
  for (const auto* text :
       {"xã Chiềng Ban, huyện Mai Sơn, tỉnh Sơn La", "chieng ban mai son", "chiềng ban"}) {
    const auto found = search_places(text, 3);
    ASSERT_FALSE(found.empty()) << text;
    EXPECT_EQ(found.front().place.code, "04132") << text;
    ASSERT_TRUE(found.front().former);
    EXPECT_EQ(found.front().former->name, "Xã Chiềng Ban");
    EXPECT_EQ(found.front().former->district, "Huyện Mai Sơn");
    EXPECT_FALSE(found.front().former->part);
  }
}

TEST(PlaceSearch, AProvinceThatMergedStillLeadsToItsCommunes) {
  const auto found = search_places("Trạm Tấu, Yên Bái", 5);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().place.province, "15");  // Lào Cai now
  EXPECT_EQ(found.front().former->province, "Tỉnh Yên Bái");
}

TEST(PlaceSearch, ASplitCommuneGivesEachOfItsParts) {
  const auto found = search_places("phường Cống Vị, quận Ba Đình", 10);
  EXPECT_THAT(codes("phường Cống Vị, quận Ba Đình", 10), UnorderedElementsAre("00008", "00025"));
  EXPECT_THAT(found, Each(testing::Truly([](const PlaceMatch& match) {
                return match.former && match.former->part;
              })));
}

TEST(PlaceSearch, ANameThatIsAlsoADistrictsPrefersTheCommuneOfToday) {
  EXPECT_EQ(codes("Mai Sơn").front(), "04105");
  EXPECT_FALSE(search_places("Mai Sơn", 1).front().former);
}

TEST(PlaceSearch, FindsWhileSomebodyIsStillTyping) {
  EXPECT_THAT(codes("chieng m son la", 20), testing::Contains("04132"));
  EXPECT_FALSE(codes("chi").empty());
}

TEST(PlaceSearch, KeepsToTheLimitAndSaysNothingOfNonsense) {
  EXPECT_THAT(search_places("tan", 7), SizeIs(7));
  EXPECT_THAT(search_places("tan", 0), IsEmpty());
  for (const auto* text : {"", "  ", "??", "qqqq", "chieng mai qqqq", "\xff"}) {
    EXPECT_THAT(search_places(text, 5), IsEmpty()) << text;
  }
  EXPECT_THAT(search_places(std::string(100'000, 'a'), 5), IsEmpty());
}

TEST(PlaceSearch, AUnitThatKeptItsNameIsShownOnce) {
  const auto found = search_places("Púng Luông", 5);
  EXPECT_EQ(
      std::ranges::count_if(found,
                            [](const auto& match) {
                              return match.place.code == "04492" &&
                                     (!match.former || match.former->name == match.place.name);
                            }),
      1);
}

}  // namespace
}  // namespace nguon::schemas
