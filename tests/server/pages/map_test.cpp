#include "server/pages/parts.hpp"

#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nguon::server {
namespace {

constexpr GridCell pleiku = {279, 2160};  // 13.95–14.00° north, 108.00–108.05° east

std::string map_of_province(std::string_view province, std::vector<GridCell> cells,
                            std::string_view commune = "Xã Mẫu", Lang lang = Lang::vi,
                            std::string kind = "plot") {
  Html html;
  write_map(html, sample_context(lang), {std::string(province), std::move(kind), std::move(cells)},
            commune);
  return html.take();
}

bool has(const std::string& html, std::string_view words) {
  return html.find(words) != std::string::npos;
}

TEST(Map, OutlineWithADotUnderATitleInThePagesLanguage) {
  const std::string html = map_of_province("52", {pleiku});
  EXPECT_TRUE(has(html, "<h2>Nơi trồng</h2>"));
  EXPECT_TRUE(has(html, R"(role="img")"));
  EXPECT_TRUE(has(html, "<title>Bản đồ: Tỉnh Gia Lai. Chấm: Xã Mẫu.</title>"));
  EXPECT_TRUE(has(html, "<circle"));
  EXPECT_TRUE(has(html, "<p>Xã Mẫu, Tỉnh Gia Lai</p>"));
  EXPECT_TRUE(has(html, "không phải vị trí"));
  const std::string english = map_of_province("52", {pleiku}, "Xã Mẫu", Lang::en);
  EXPECT_TRUE(has(english, "<title>Map: Tỉnh Gia Lai. Dot: Xã Mẫu.</title>"));
}

TEST(Map, TheDotIsTheCellsCentreAndSoTheSameForAllItsPlots) {
  const auto of = [](std::int32_t lat, std::int32_t lon) {
    return map_of_province("52", {cell_of({lat, lon})});
  };
  EXPECT_EQ(of(139'500'001, 1'080'000'001), of(139'999'999, 1'080'499'999));
  EXPECT_NE(of(139'500'001, 1'080'000'001), of(141'500'001, 1'082'000'001));
}

TEST(Map, WithoutAUsableCellTheProvinceStandsAlone) {
  const std::string alone = map_of_province("52", {});
  EXPECT_TRUE(has(alone, "<title>Bản đồ: Tỉnh Gia Lai.</title>"));
  EXPECT_TRUE(has(alone, "<path"));
  EXPECT_FALSE(has(alone, "<circle"));
  EXPECT_FALSE(has(alone, "Chấm"));
  const GridCell laos = cell_of({150'000'000, 1'050'000'000});
  EXPECT_EQ(map_of_province("52", {laos}), alone);
  EXPECT_EQ(map_of_province("52", {{0, 0}, {-1800, -3600}, {1799, 3599}}), alone);
  EXPECT_FALSE(has(map_of_province("14", {pleiku}), "<circle")) << "the cell is of another province";
  EXPECT_FALSE(has(map_of_province("52", {pleiku}, ""), "<circle")) << "a dot for nothing";
}

TEST(Map, CellsOfAnotherProvinceDoNotMoveTheDot) {
  const GridCell far = cell_of({212'000'000, 1'041'000'000});
  EXPECT_EQ(map_of_province("52", {far, pleiku, far, far}), map_of_province("52", {pleiku}));
}

TEST(Map, WhatWasDoneThereIsTheHeading) {
  const auto titled = [](std::string kind) {
    return map_of_province("14", {}, "Xã Mẫu", Lang::vi, std::move(kind));
  };
  EXPECT_TRUE(has(titled("barn"), "<h2>Nơi nuôi</h2>"));
  EXPECT_TRUE(has(titled("packing_house"), "<h2>Nơi làm ra</h2>"));
  EXPECT_TRUE(has(titled(""), "<h2>Nơi làm ra</h2>"));
}

TEST(Map, NoOutlineNoMap) {
  EXPECT_EQ(map_of_province("", {pleiku}), "");
  EXPECT_EQ(map_of_province("02", {pleiku}), "");
  EXPECT_EQ(map_of_province("\"><script>", {pleiku}), "");
}

TEST(Map, ZonesWithoutAnOutlineAreFramedAndNamed) {
  for (const auto& [code, zone, island] :
       {std::tuple{"48", "Đặc khu Hoàng Sa", "Hoàng Sa"},
        std::tuple{"56", "Đặc khu Trường Sa", "Trường Sa"}}) {
    const std::string html = map_of_province(code, {});
    EXPECT_TRUE(has(html, "<rect")) << code;
    EXPECT_TRUE(has(html, ">Đặc khu</text>")) << code;
    EXPECT_TRUE(has(html, std::string(">") + island + "</text>")) << code;
    EXPECT_TRUE(has(html, std::string("Khung bên cạnh: ") + zone + ", không theo tỷ lệ.")) << code;
  }
  EXPECT_FALSE(has(map_of_province("52", {pleiku}), "<rect"));
}

TEST(Map, NamesAreEscapedEverywhere) {
  const std::string html = map_of_province("52", {pleiku}, "\"><script>alert(1)</script>");
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_TRUE(has(html, "&lt;script&gt;"));
}

TEST(Map, EveryDrawingIsBelowFourKilobytes) {
  for (int code = 1; code < 100; ++code) {
    const std::string two = (code < 10 ? "0" : "") + std::to_string(code);
    const std::string html = map_of_province(two, {pleiku}, std::string(120, 'x'));
    EXPECT_LE(html.size(), 4'000U) << two;
  }
}

}  // namespace
}  // namespace nguon::server
