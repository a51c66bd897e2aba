#include "server/geo/map_file.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

using enum OutlineDoubt;

std::string map_rule(const ledger::Result<std::vector<Outline>>& read) {
  return read ? "good" : read.error().rule;
}

std::string polygon(const std::string& rings) {
  return R"({"type":"Polygon","coordinates":)" + rings + "}";
}

// dữ liệu mẫu
constexpr auto clockwise = "[[104.1,21.1],[104.1,21.2],[104.2,21.2],[104.2,21.1],[104.1,21.1]]";

TEST(Geojson, AFeatureWithItsNameRightHanded) {
  const auto read = read_map(std::string(R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"V\u01b0\u01a1\u0300n  A"},"geometry":)") +
                             polygon("[" + std::string(clockwise) + "]") +
                             R"(},{"type":"Feature","properties":null,"geometry":null},
    {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[104,21]}}]})");
  ASSERT_TRUE(read) << read.error().rule;
  ASSERT_EQ(read->size(), 1U);
  const Outline& outline = (*read)[0];
  EXPECT_EQ(outline.name, "Vườn A");
  EXPECT_TRUE(outline.doubts.empty());
  const Ring expected{{211'000'000, 1'041'000'000},
                      {211'000'000, 1'042'000'000},
                      {212'000'000, 1'042'000'000},
                      {212'000'000, 1'041'000'000},
                      {211'000'000, 1'041'000'000}};
  EXPECT_EQ(outline.ring, expected);
}

TEST(Geojson, DoubtsAreNamedAndTheRestIsKept) {
  const std::string hole = "[[104.12,21.12],[104.13,21.12],[104.13,21.13],[104.12,21.12]]";
  const auto many =
      read_geojson(R"({"type":"MultiPolygon","coordinates":[[)" + std::string(clockwise) + "," +
                   hole + "],[[[21.1,104.1],[21.1,104.2],[21.2,104.2]]]" +
                   ",[[[0,0],[0,0],[0.9,0.9],[0,0.9],[0.9,0],[0,0]]]]}");
  ASSERT_TRUE(many) << many.error().rule;
  ASSERT_EQ(many->size(), 3U);
  EXPECT_EQ((*many)[0].doubts, std::vector{holes});
  EXPECT_EQ((*many)[1].doubts, (std::vector{swapped, closed}));
  EXPECT_EQ((*many)[1].ring[0].lat, 211'000'000);
  EXPECT_TRUE(check_ring((*many)[1].ring));
  EXPECT_EQ((*many)[2].doubts, (std::vector{repeated, crosses, far_away}));
}

TEST(Geojson, WhatIsNone) {
  EXPECT_EQ(map_rule(read_geojson("{")), "json.syntax");
  EXPECT_EQ(map_rule(read_geojson("{}")), "geo.shape");
  EXPECT_EQ(map_rule(read_geojson(R"({"type":"FeatureCollection","features":[]})")), "geo.none");
  EXPECT_EQ(map_rule(read_geojson(polygon("[[]]"))), "geo.shape");
  EXPECT_EQ(map_rule(read_geojson(polygon("[[[1,\"2\"]]]"))), "geo.shape");
  EXPECT_EQ(map_rule(read_geojson(polygon("[[[104,1e300],[1,1],[1,2]]]"))), "geo.shape");
  EXPECT_EQ(map_rule(read_geojson(polygon("[[[100,120],[1,1],[1,2]]]"))), "geo.shape");
  EXPECT_EQ(map_rule(read_geojson(R"({"crs":{"properties":{"name":"EPSG:3405"}},"type":"Polygon",)"
                                  R"("coordinates":[[[1,1]]]})")),
            "geo.crs")
      << "VN-2000";
  EXPECT_EQ(map_rule(read_geojson(std::string(max_map_octets + 1, ' '))), "geo.too-large");
  EXPECT_EQ(map_rule(read_geojson(std::string(40, '['))), "json.depth");
}

TEST(Kml, PlacemarksWithTheirNames) {
  const auto read = read_map(
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<kml:kml xmlns:kml=\"http://www.opengis.net/kml/2.2\"><kml:Document><kml:name>Tất "
      "cả</kml:name>"
      "<kml:Placemark><kml:Polygon><kml:outerBoundaryIs><kml:LinearRing><kml:coordinates>\n"
      " 104.1,21.1,0 104.2,21.1,0\n\t104.2,21.2,0 104.1,21.1,0 </kml:coordinates></kml:LinearRing>"
      "</kml:outerBoundaryIs><kml:innerBoundaryIs><kml:LinearRing><kml:coordinates>1,1 2,2 3,1 1,1"
      "</kml:coordinates></kml:LinearRing></kml:innerBoundaryIs></kml:Polygon>"
      "<kml:name>Đồi &amp; suối</kml:name></kml:Placemark></kml:Document></kml:kml>");
  ASSERT_TRUE(read) << read.error().rule;
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ((*read)[0].name, "Đồi & suối");
  EXPECT_EQ((*read)[0].doubts, std::vector{holes});
  EXPECT_EQ((*read)[0].ring.size(), 4U);
}

std::string kml(const std::string& coordinates) {
  return "<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>" + coordinates +
         "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>";
}

TEST(Kml, WhatIsNone) {
  EXPECT_EQ(map_rule(read_kml("")), "xml.syntax");
  EXPECT_EQ(map_rule(read_kml("<kml>")), "xml.syntax");
  EXPECT_EQ(map_rule(read_kml("<kml/>")), "geo.none");
  EXPECT_EQ(map_rule(read_kml(kml(""))), "geo.shape");
  for (const auto* bad : {"104.1", "104.1;21.1", "104,1 21.1", "a,b", "1,2x", "nan,1"}) {
    EXPECT_EQ(map_rule(read_kml(kml(bad))), "geo.shape") << bad;
  }
  EXPECT_EQ(map_rule(read_kml("<!DOCTYPE kml [<!ENTITY a \"b\">]><kml>&a;</kml>")), "xml.doctype");
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "<a>";
  EXPECT_EQ(map_rule(read_kml(deep)), "xml.depth");
}

}  // namespace
}  // namespace nguon::server
