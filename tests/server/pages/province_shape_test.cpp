#include "server/pages/province_shape.hpp"

#include "schemas/places.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>

namespace nguon::server {
namespace {

GeoPoint at(double north, double east) {
  return {static_cast<std::int32_t>(std::lround(north * 1e7)),
          static_cast<std::int32_t>(std::lround(east * 1e7))};
}

bool in_province(std::string_view code, double north, double east) {
  const ProvinceShape& shape = *find_shape(code);
  return lies_on(shape, pixel_of(shape, at(north, east)));
}

/// Every province on whose drawing a place lies.
std::string provinces_at(double north, double east) {
  std::string codes;
  for (const ProvinceShape& shape : province_shapes()) {
    if (in_province(shape.province, north, east)) codes += std::string(shape.province) + ' ';
  }
  return codes;
}

TEST(ProvinceShapes, EveryProvinceHasOneAndNothingElseHas) {
  ASSERT_EQ(province_shapes().size(), 34U);
  for (std::size_t i = 0; i < 34; ++i) {
    EXPECT_EQ(province_shapes()[i].province, schemas::provinces()[i].code);
  }
  EXPECT_EQ(find_shape("02"), nullptr) << "Hà Giang, until 2025";
  EXPECT_EQ(find_shape(""), nullptr);
  EXPECT_EQ(find_shape("140"), nullptr);
}

TEST(ProvinceShapes, EachIsSmallWholeAndWithinItsDrawing) {
  const std::regex grammar("(M[0-9]+ [0-9]+l-?[0-9]+( |-)[0-9-]?[0-9 -]*z)+");
  for (const ProvinceShape& shape : province_shapes()) {
    SCOPED_TRACE(shape.province);
    EXPECT_LE(shape.path.size(), 2'200U);
    EXPECT_LE(shape.width, 280);
    EXPECT_LE(shape.height, 230);
    EXPECT_GE(std::max(shape.width, shape.height), 180);
    EXPECT_TRUE(std::regex_match(shape.path.begin(), shape.path.end(), grammar));
    EXPECT_EQ(std::ranges::count(shape.path, 'M'), std::ranges::count(shape.path, 'z'));
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(shape.path, 'M')), shape.rings.size());
    for (const auto& ring : shape.rings) {
      EXPECT_GE(ring.size(), 3U);
      for (const Pixel corner : ring) {
        // Room for the line and for a dot on the shore.
        EXPECT_GE(corner.x, 6);
        EXPECT_GE(corner.y, 6);
        EXPECT_LE(corner.x, shape.width - 6);
        EXPECT_LE(corner.y, shape.height - 6);
      }
    }
  }
}

// Places anybody can look up; the drawing is right to a few kilometres.
TEST(ProvinceShapes, TownsLieInTheirProvinceOfToday) {
  EXPECT_EQ(provinces_at(13.98, 108.0), "52 ") << "Pleiku, Gia Lai";
  EXPECT_EQ(provinces_at(21.03, 105.85), "01 ") << "Hà Nội";
  EXPECT_EQ(provinces_at(11.94, 108.44), "68 ") << "Đà Lạt, Lâm Đồng";
  EXPECT_EQ(provinces_at(10.22, 103.96), "91 ") << "Phú Quốc, An Giang";
  EXPECT_EQ(provinces_at(21.2, 104.1), "14 ") << "Mai Sơn, Sơn La";
  EXPECT_EQ(provinces_at(14.35, 108.0), "51 ") << "Kon Tum, Quảng Ngãi";
  EXPECT_EQ(provinces_at(22.82, 104.98), "08 ") << "Hà Giang, Tuyên Quang";
  EXPECT_EQ(provinces_at(20.80, 107.0), "31 ") << "Cát Bà, Hải Phòng";
  EXPECT_EQ(provinces_at(8.69, 106.61), "79 ") << "Côn Đảo, Thành phố Hồ Chí Minh";
  EXPECT_EQ(provinces_at(15.38, 109.12), "51 ") << "Lý Sơn, Quảng Ngãi";
  EXPECT_EQ(provinces_at(10.53, 108.94), "68 ") << "Phú Quý, Lâm Đồng";
  EXPECT_EQ(provinces_at(20.13, 107.73), "31 ") << "Bạch Long Vĩ, Hải Phòng";
  EXPECT_EQ(provinces_at(15.95, 108.52), "48 ") << "Cù Lao Chàm, Đà Nẵng";
  EXPECT_EQ(provinces_at(9.30, 103.47), "91 ") << "Thổ Chu, An Giang";
  EXPECT_EQ(provinces_at(15.12, 104.8), "") << "Laos";
  EXPECT_EQ(provinces_at(16.5, 112.0), "") << "no outline is drawn there";
}

// Seats as server/signals/provinces.cpp has them, to a tenth of a degree: 5.5 km to either side.
TEST(ProvinceShapes, SeatsLieInOrAtTheirProvince) {
  struct Seat {
    const char* code;
    double north;
    double east;
  };
  constexpr Seat seats[] = {
      {"01", 21.0, 105.8}, {"04", 22.7, 106.3}, {"08", 21.8, 105.2}, {"11", 21.4, 103.0},
      {"12", 22.4, 103.5}, {"14", 21.3, 103.9}, {"15", 21.7, 104.9}, {"19", 21.6, 105.8},
      {"20", 21.8, 106.8}, {"22", 21.0, 107.1}, {"24", 21.3, 106.2}, {"25", 21.3, 105.4},
      {"31", 20.9, 106.7}, {"33", 20.6, 106.1}, {"37", 20.3, 106.0}, {"38", 19.8, 105.8},
      {"40", 18.7, 105.7}, {"42", 18.3, 105.9}, {"44", 17.5, 106.6}, {"46", 16.5, 107.6},
      {"48", 16.1, 108.2}, {"51", 15.1, 108.8}, {"52", 13.8, 109.2}, {"56", 12.2, 109.2},
      {"66", 12.7, 108.0}, {"68", 11.9, 108.4}, {"75", 10.9, 106.8}, {"79", 10.8, 106.7},
      {"80", 10.5, 106.4}, {"82", 10.4, 106.4}, {"86", 10.3, 106.0}, {"91", 10.0, 105.1},
      {"92", 10.0, 105.8}, {"96", 9.2, 105.2},
  };
  for (const Seat& seat : seats) {
    bool near = false;
    for (const double north : {-0.05, 0.0, 0.05}) {
      for (const double east : {-0.05, 0.0, 0.05}) {
        near = near || in_province(seat.code, seat.north + north, seat.east + east);
      }
    }
    EXPECT_TRUE(near) << seat.code;
  }
}

TEST(ProvinceShapes, APixelIsAsFarEastAsNorth) {
  for (const ProvinceShape& shape : province_shapes()) {
    const double middle =
        (shape.corner.lat - static_cast<double>(shape.pixel.lat) * shape.height / 2) / 1e7;
    const double east_of_north = std::cos(middle * 3.14159265358979 / 180) *
                                 shape.pixel.lon / shape.pixel.lat;
    EXPECT_NEAR(east_of_north, 1.0, 0.01) << shape.province;
  }
}

TEST(ProvinceShapes, ZonesWithoutAnOutlineAreNamedByTheProvinceTheyBelongTo) {
  for (const ProvinceShape& shape : province_shapes()) {
    if (shape.zone.empty()) continue;
    const auto zone = schemas::find_commune(shape.zone);
    ASSERT_TRUE(zone);
    EXPECT_EQ(zone->kind, schemas::PlaceKind::special_zone);
    EXPECT_EQ(zone->province, shape.province);
  }
  EXPECT_EQ(schemas::find_commune(find_shape("48")->zone)->name, "Đặc khu Hoàng Sa");
  EXPECT_EQ(schemas::find_commune(find_shape("56")->zone)->name, "Đặc khu Trường Sa");
}

}  // namespace
}  // namespace nguon::server
