#include "server/signals/province_table.hpp"

#include "schemas/places.hpp"
#include "server/signals/provinces.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nguon::server {
namespace {

Province place_of(const ProvinceTable& table, std::string_view address) {
  const auto network = coarse_network(address);
  return network ? table.find(*network) : Province{0};
}

TEST(CoarseNetwork, IsA24OrA48AndNothingFiner) {
  EXPECT_EQ(coarse_network("192.0.2.7"), coarse_network("192.0.2.250"));
  EXPECT_NE(coarse_network("192.0.2.7"), coarse_network("192.0.3.7"));
  EXPECT_EQ(coarse_network("2001:db8:5:1::1"), coarse_network("2001:db8:5:ffff::2"));
  EXPECT_NE(coarse_network("2001:db8:5::1"), coarse_network("2001:db8:6::1"));
  EXPECT_EQ(coarse_network("::ffff:192.0.2.9"), coarse_network("192.0.2.1"));
  EXPECT_EQ(coarse_network("fe80::1%eth0"), coarse_network("fe80::2"));
  for (const char* none : {"", "192.0.2", "192.0.2.7:80", "máy", "[::1]"}) {
    EXPECT_FALSE(coarse_network(none)) << none;
  }
  EXPECT_FALSE(coarse_network(std::string(100, ':')));
}

TEST(ProvinceTable, TheLongestPrefixWinsAndADashTellsNothing) {
  const auto table = ProvinceTable::parse(
      "# của đơn vị vận hành\n\n"
      "192.0.0.0/16\t01\n192.0.2.0/24 14\n192.0.3.0/24 \t-\n"
      "2001:db8::/32 79\n2001:db8:5::/48 48\n");
  ASSERT_TRUE(table) << table.error().detail;
  EXPECT_EQ(table->size(), 5U);
  EXPECT_EQ(place_of(*table, "192.0.9.1"), 1);
  EXPECT_EQ(place_of(*table, "192.0.2.200"), 14);
  EXPECT_EQ(place_of(*table, "192.0.3.1"), 0);
  EXPECT_EQ(place_of(*table, "198.51.100.1"), 0);
  EXPECT_EQ(place_of(*table, "2001:db8:4::1"), 79);
  EXPECT_EQ(place_of(*table, "2001:db8:5:7::1"), 48);
  EXPECT_EQ(place_of(*table, "2001:db9::1"), 0);
  EXPECT_EQ(place_of(ProvinceTable(), "192.0.2.1"), 0);
}

TEST(ProvinceTable, RefusesWhatItDoesNotUnderstandAndNamesTheLine) {
  const char* const wrong[] = {
      "192.0.2.0/24 14",                           // no line feed
      "192.0.2.0/24\n",                            // no province
      "192.0.2.0/25 14\n",                         // finer than is looked at
      "192.0.2.0/7 14\n",                          // and coarser than a province
      "192.0.2.1/24 14\n",                         // host bits
      "192.0.2.0/16 14\n",                         // likewise
      "192.0.2.0/024 14\n",                        // two ways to write it
      "192.0.2.0/24x 14\n",                        //
      "192.0.2.0/-8 14\n",                         //
      "192.0.2.0 14\n",                            //
      "::ffff:192.0.2.0/24 14\n",                  // IPv4 in IPv6
      "2001:db8::/49 14\n",                        //
      "2001:db8::1/48 14\n",                       //
      "2001:db8:5::/32 14\n",                      //
      "fe80::%eth0/48 14\n",                       //
      "192.0.2.0/24 99\n",                         // no such province
      "192.0.2.0/24 1\n",                          //
      "192.0.2.0/24 14 15\n",                      //
      "192.0.2.0/24 14\r\n",                       //
      "192.0.2.0/24 14\n192.0.2.0/24 15\n",        // twice
      " 192.0.2.0/24 14\n",                        //
  };
  for (const char* text : wrong) {
    const auto table = ProvinceTable::parse(std::string("# một\n") + text);
    ASSERT_FALSE(table) << text;
    EXPECT_EQ(table.error().rule, "signals.table");
    EXPECT_TRUE(table.error().detail.starts_with("line ")) << table.error().detail;
  }
  EXPECT_FALSE(ProvinceTable::parse(std::string(ProvinceTable::max_octets + 1, '\n')));
  EXPECT_FALSE(ProvinceTable::parse(std::string(ProvinceTable::max_lines + 1, '\n')));
}

TEST(Provinces, EveryOneHasASeat) {
  ASSERT_EQ(schemas::provinces().size(), 34U);
  for (const auto& province : schemas::provinces()) {
    const auto code = static_cast<Province>(std::stoi(std::string(province.code)));
    if (code == 1) continue;
    EXPECT_GT(kilometres(1, code), 10) << province.name;
    EXPECT_LT(kilometres(1, code), 1500) << province.name;
  }
  EXPECT_NEAR(kilometres(1, 79), 1140, 30);   // Hà Nội – Hồ Chí Minh, as the crow flies
  EXPECT_NEAR(kilometres(48, 79), 610, 30);   // Đà Nẵng – Hồ Chí Minh
  EXPECT_NEAR(kilometres(14, 1), 200, 30);    // Sơn La – Hà Nội
}

TEST(Provinces, NeighboursAreNeverTooFarAndNobodyFliesFasterThanAnAirline) {
  EXPECT_FALSE(too_far(14, 1, 0));   // Sơn La and Hà Nội
  EXPECT_FALSE(too_far(75, 79, 0));  // Đồng Nai and Hồ Chí Minh
  EXPECT_FALSE(too_far(1, 1, 0));
  EXPECT_FALSE(too_far(0, 79, 0));
  EXPECT_TRUE(too_far(1, 79, 3600));
  EXPECT_TRUE(too_far(79, 1, -3600));
  EXPECT_FALSE(too_far(1, 79, 3 * 3600));
  EXPECT_TRUE(too_far(1, 48, 1800));
}

}  // namespace
}  // namespace nguon::server
