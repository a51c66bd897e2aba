// Codes that others gave a plot, in tables of offices.
#include "tests/server/sheets/table.hpp"

namespace nguon::tests {
namespace {

/// Codes of a plot as its draft has them: code, scheme, issuer; a stroke where the table says none.
std::string codes_of(Table& table, std::size_t plot) {
  const auto made = table.plan();
  const auto* codes = made.plots.at(plot).said.if_contains("codes");
  if (codes == nullptr) return "none";
  std::string text;
  for (const auto& code : codes->as_array()) {
    EXPECT_EQ(code.at("status").as_string(), "active");
    text += code.at("code").as_string();
    for (const auto member : {"scheme", "issuer"}) {
      const auto* said = code.as_object().if_contains(member);
      text += '/' + (said == nullptr ? "-" : std::string(said->as_string()));
    }
    text += '\n';
  }
  return text;
}

TEST(ImportCodes, AreTakenVerbatimWithTheirIssuerAndAskedAboutOnce) {
  Table table("Họ tên | Tên vườn | Mã số vùng trồng | Nơi cấp mã");
  table.row("Lò Văn An | Đồi Mẫu | VN-SLOR-0952; VN-14-mẫu; VN-SLOR-0952 | Cục mẫu");
  table.row("Lò Văn Ba | Khe Mẫu | VNSLPH0001, vietgap-tt-1 | Cục mẫu");
  table.row("Lò Văn Bốn | Núi Mẫu | VN-SLOR-0953 |");
  EXPECT_EQ(codes_of(table, 0), "VN-SLOR-0952/planting_area_export/Cục mẫu\nVN-14-mẫu/-/Cục mẫu\n");
  EXPECT_EQ(codes_of(table, 1), "VNSLPH0001/packing_house/Cục mẫu\nvietgap-tt-1/vietgap/Cục mẫu\n");
  EXPECT_EQ(codes_of(table, 2), "VN-SLOR-0953/planting_area_export/-\n");
  EXPECT_EQ(table.doubts(),
            "code.active@ VN-SLOR-0952 -> yes/without\n"
            "code.scheme@2 VN-14-mẫu -> planting_area_domestic/planting_area_export/vietgap/"
            "packing_house/gln/other\n"
            "code.issuer@4 VN-SLOR-0953 -> Cục mẫu/without/write\n");
  const auto plan = table.plan();
  EXPECT_EQ(plan.plots[0].said.at("scheme").as_string(), "planting_area_domestic");
  EXPECT_EQ(plan.plots[2].said.at("issuer").as_string(), "Cục mẫu") << "proposed, so it holds";
}

TEST(ImportCodes, WhoGaveThemIsForAPersonWhereTheTableNamesNobodyOrSeveral) {
  Table nobody("Họ tên | Mã vùng trồng xuất khẩu");
  nobody.row("Lò Văn An | 0952/MẪU");
  EXPECT_EQ(nobody.doubts(),
            "code.active@ 0952/MẪU -> yes/without\n"
            "code.issuer@2 0952/MẪU -> without/write\n"
            "code.scheme@2 0952/MẪU -> planting_area_export/planting_area_domestic/vietgap/"
            "packing_house/gln/other\n");
  EXPECT_FALSE(nobody.plan().plots[0].said.contains("issuer"));
  Table several("Họ tên | Mã vùng trồng | Nơi cấp");
  several.row("Lò Văn An | VN-SLOR-1 |").row("Lò Văn Ba | VN-SLOR-0002 | Sở mẫu");
  several.row("Lò Văn Tư | VN-SLOR-0003 | Cục mẫu").row("Lò Văn Năm | VN-SLOR-0004 | Cục mẫu");
  EXPECT_NE(several.doubts().find("code.issuer@2 VN-SLOR-1 -> without/Cục mẫu/Sở mẫu/write\n"),
            std::string::npos)
      << several.doubts();
}

TEST(ImportCodes, AsManyIssuersAsCodesAreTheirsOneByOne) {
  Table table("Họ tên | Mã số vùng trồng | Nơi cấp mã");
  table.row("Lò Văn An | VN-SLOR-0001; VN-SLPH-0002 | Cục mẫu; Sở mẫu, tỉnh mẫu");
  table.row("Lò Văn Ba | VN-SLOR-0003; VN-SLOR-0004 | Cục mẫu; Cục mẫu");
  table.row("Lò Văn Tư | VN-SLOR-0005 | Cục mẫu; Sở mẫu");
  EXPECT_EQ(codes_of(table, 0),
            "VN-SLOR-0001/planting_area_export/Cục mẫu\n"
            "VN-SLPH-0002/packing_house/Sở mẫu, tỉnh mẫu\n");
  EXPECT_EQ(codes_of(table, 2), "VN-SLOR-0005/planting_area_export/Cục mẫu; Sở mẫu\n");
  EXPECT_EQ(table.doubts(),
            "code.active@ VN-SLOR-0001 -> yes/without\n"
            "code.pairs@2 VN-SLOR-0001 – Cục mẫu -> yes/without\n");
}

TEST(ImportCodes, WhatDoesNotFitIsADoubtAndNeverCut) {
  const std::string longest(64, 'x');
  std::string many;
  for (int at = 1; at <= 8; ++at) many += std::to_string(at) + longest.substr(1) + "; ";
  const auto odd = [](const std::string& code, const std::string& issuer) {
    Table table("Họ tên | Tên vườn | Mã số vùng trồng | Nơi cấp mã");
    table.row("Lò Văn An | Đồi Mẫu | " + code + " | " + issuer);
    const bool asked = table.doubts().find("code.odd@2 ") != std::string::npos;
    EXPECT_EQ(codes_of(table, 0) == "none", asked);
    return asked;
  };
  EXPECT_FALSE(odd(many, "Cục mẫu")) << "eight of sixty-four";
  EXPECT_TRUE(odd(many + "9", "Cục mẫu"));
  EXPECT_TRUE(odd(longest + "1", "Cục mẫu"));
  EXPECT_FALSE(odd(longest.substr(1) + "1", "Cục mẫu"));
  std::string marked;
  for (int at = 0; at < 120; ++at) marked += "ậ";
  EXPECT_FALSE(odd("VN-SLOR-0952", marked)) << "letters are counted, not octets";
  EXPECT_TRUE(odd("VN-SLOR-0952", marked + "ậ"));
  EXPECT_TRUE(odd("8,93601E+12", "Cục mẫu")) << "Excel's digits are lost";
  EXPECT_TRUE(odd("VN-SLOR-0952; đang xin", "Cục mẫu"));
  std::string cut;
  while (cut.size() < server::max_cell_text) cut += "1;";
  EXPECT_TRUE(odd(cut, "Cục mẫu")) << "what the file said behind it, nobody knows";
}

TEST(ImportCodes, WordsThatSayThereIsNoneAreOneDoubtAndNoPlot) {
  Table table("Họ tên | Diện tích (ha) | Mã số vùng trồng");
  table.row("Lò Văn An | 1 | chưa có").row("Lò Văn Ba | 2 | chưa có").row("Lò Văn Tư | | 0");
  EXPECT_EQ(table.doubts(), "code.none@2,3 chưa có -> without\n");
  EXPECT_EQ(table.plan().plots.size(), 2U);
}

TEST(ImportCodes, ARowOfACodeAloneIsOfThePlotAbove) {
  Table table("Họ tên | Tên vườn | Mã số vùng trồng | Nơi cấp mã");
  table.row("Lò Văn An | Đồi Mẫu | VN-SLOR-0001 | Cục mẫu").row(" | | VN-SLOR-0002 | Sở mẫu");
  table.row("^ | ^ | VN-SLOR-0003 | ^")
      .row("Lò Văn Ba | Khe Mẫu | |")
      .row(" | | 1;2;3;4;5;6;7;8;9 |");
  EXPECT_EQ(codes_of(table, 0),
            "VN-SLOR-0001/planting_area_export/Cục mẫu\n"
            "VN-SLOR-0002/planting_area_export/Sở mẫu\n"
            "VN-SLOR-0003/planting_area_export/Sở mẫu\n");
  EXPECT_EQ(codes_of(table, 1), "none");
  EXPECT_EQ(table.doubts(),
            "code.active@ VN-SLOR-0001 -> yes/without\n"
            "code.below@3,4 VN-SLOR-0002 · VN-SLOR-0003 -> codes-above/leave\n"
            "code.below@6 1;2;3;4;5;6;7;8;9 -> leave\n");
  const auto plan = table.plan();
  EXPECT_EQ(plan.plots.size(), 2U);
  const auto below = std::ranges::find(plan.doubts, "code.below", &server::Doubt::kind);
  EXPECT_EQ(below->answers[1].set.at("codes").as_array().size(), 1U) << "the plot's own stays";
}

}  // namespace
}  // namespace nguon::tests
