#include "schemas/places.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace nguon::schemas {
namespace {

TEST(Places, HoldThirtyFourProvincesAndEveryCommune) {
  EXPECT_EQ(provinces().size(), 34U);
  EXPECT_EQ(communes().size(), 3321U);
}

TEST(Places, KindsAddUpToTheOfficialCounts) {
  std::map<PlaceKind, int> kinds;
  for (const Place& place : communes()) ++kinds[place.kind];
  for (const Place& place : provinces()) ++kinds[place.kind];
  EXPECT_EQ(kinds[PlaceKind::city], 9);
  EXPECT_EQ(kinds[PlaceKind::province], 25);
  EXPECT_EQ(kinds[PlaceKind::commune], 2599);
  EXPECT_EQ(kinds[PlaceKind::ward], 709);
  EXPECT_EQ(kinds[PlaceKind::special_zone], 13);
}

TEST(Places, AreSortedAndLieInAKnownProvince) {
  EXPECT_EQ(std::ranges::adjacent_find(communes(), std::greater_equal<>(), &Place::code),
            communes().end());
  for (const Place& place : communes()) {
    EXPECT_TRUE(find_province(place.province)) << place.code;
    EXPECT_EQ(place.code.size(), 5U);
    EXPECT_FALSE(place.name.empty()) << place.code;
  }
}

TEST(Places, MaiSonIsACommuneOfSonLa) {
  const auto place = find_commune("04105");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->name, "Xã Mai Sơn");
  EXPECT_EQ(find_province(place->province)->name, "Tỉnh Sơn La");
  EXPECT_EQ(std::ranges::count(communes(), "14", &Place::province), 75);
}

TEST(Places, UnknownCodesAreAbsent) {
  EXPECT_FALSE(find_commune("99999"));
  EXPECT_FALSE(find_commune(""));
  EXPECT_FALSE(find_province("10"));                     // Lào Cai until 2025
  EXPECT_EQ(find_province("15")->name, "Tỉnh Lào Cai");  // and Yên Bái until then
}

TEST(Places, OldVintagesAreNotLookedUp) {
  EXPECT_TRUE(find_commune("04105", "2025-07-01"));
  EXPECT_TRUE(find_commune("04105", places_vintage));
  EXPECT_FALSE(find_commune("04105", "2024-12-31"));
}

}  // namespace
}  // namespace nguon::schemas
