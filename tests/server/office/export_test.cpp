#include "server/office/csv.hpp"
#include "server/office/export_table.hpp"
#include "server/office/xlsx.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace nguon::server {
namespace {

using testing::ElementsAre;
using Cells = std::vector<std::string>;

std::string csv_of(const Cells& cells) {
  std::string csv;
  add_csv_record(csv, cells);
  return csv;
}

TEST(Csv, QuotesWhatWouldEndACell) {
  EXPECT_EQ(csv_of({"Lường Thị Mẫu", "", "a b"}), "Lường Thị Mẫu,,a b\r\n");
  EXPECT_EQ(csv_of({"a,b", "say \"no\"", "x\ny", "z\r"}),
            "\"a,b\",\"say \"\"no\"\"\",\"x\ny\",\"z\r\"\r\n");
  EXPECT_EQ(csv_beginning, "\xEF\xBB\xBF");
}

TEST(Csv, NothingIsComputed) {
  EXPECT_EQ(csv_of({"=1+1", "+84912345678", "-1", "@SUM(A1)", "\tx", "\r"}),
            "'=1+1,'+84912345678,'-1,'@SUM(A1),'\tx,\"'\r\"\r\n");
  EXPECT_EQ(csv_of({"=\"a\",b"}), "\"'=\"\"a\"\",b\"\r\n");
  EXPECT_EQ(csv_of({"a=1", "1-1"}), "a=1,1-1\r\n");
}

TEST(ExportTable, EveryKindHasAsManyCellsAsHeadings) {
  for (std::size_t i = 0; i < row_kind_names.size(); ++i) {
    const auto kind = static_cast<RowKind>(i);
    const auto headings = export_headings(kind);
    EXPECT_GT(headings.size(), 8U);
    EXPECT_EQ(export_cells(kind, {}, {}), Cells(headings.size()));
  }
}

TEST(ExportTable, SaysInWordsWhatTheLogSaysInCodes) {
  const auto site = boost::json::parse(R"({"sub":"site:1","org":"org:1","kind":"plot",
      "name":"Nương Đá","commune":{"code":"04132","vintage":"2026-09-25"},"planted":2019,
      "area":{"amount":"1.5","unit":"ha"},"codes":[{"code":"VN-1","scheme":"planting_area_export",
      "issuer":"Cục mẫu","status":"suspended","from":"2026-01-01","until":"2026-12-31"},
      {"code":"VN-2","scheme":"packing_house","issuer":"Sở mẫu","status":"active"}]})");
  EXPECT_THAT(
      export_cells(RowKind::sites, site.get_object(), {{"org:1", "HTX mẫu"}}),
      ElementsAre("Nương Đá", "thửa", "Xã Chiềng Mai", "1.5", "ha", "", "", "2019", "VN-1; VN-2",
                  "VN-1 · vùng trồng xuất khẩu · Cục mẫu · tạm ngừng · 2026-01-01 – "
                  "2026-12-31; VN-2 · cơ sở đóng gói · Sở mẫu · đang hiệu lực",
                  "", "", "HTX mẫu", "site:1"));
  const auto product = boost::json::parse(R"({"sub":"product:1","org":"org:1","name":"Chanh leo",
      "crop":"passion_fruit","stage":"sorted","variety":"purple","packs":[{"size":{"amount":"500",
      "unit":"g"},"gtin":"09521234543213"},{"size":{"amount":"24","unit":"piece"}}],"ocop":{
      "decision":"148/QĐ-TTg","group":"food","set":"Bộ mẫu"},"shelf_days":14})");
  EXPECT_THAT(export_cells(RowKind::products, product.get_object(), {}),
              ElementsAre("Chanh leo", "", "passion_fruit", "sorted", "purple",
                          "500 g (GTIN 09521234543213); 24 cái", "", "thực phẩm", "Bộ mẫu",
                          "148/QĐ-TTg", "14", "", "org:1", "product:1"));
  const auto member = boost::json::parse(R"({"sub":"person:1","org":"org:2","kind":"linked",
      "roles":["clerk","member"],"place":{"commune":{"code":"99999","vintage":"2026-09-25"},
      "hamlet":"Bản Mẫu"}})");
  EXPECT_THAT(export_cells(RowKind::members, member.get_object(), {}),
              ElementsAre("", "", "99999", "Bản Mẫu", "liên kết", "", "", "clerk; member", "org:2",
                          "person:1"));
  EXPECT_TRUE(is_export_number(RowKind::sites, 3));
  EXPECT_FALSE(is_export_number(RowKind::sites, 0));
}

/// tests/server/office/judge.py reads the same file with openpyxl.
TEST(Xlsx, IsAWorkbookThatALibraryOfOthersReads) {
  auto sheet = XlsxSheet::open("Nguồn").value();
  const std::vector<std::string_view> headings{"Họ tên", "Điện thoại", "Diện tích"};
  const std::vector<bool> is_number{false, false, true};
  sheet->add_headings(headings);
  sheet->add(Cells{"Đặng Thị Ường Mẫu", "0912345678", "1.25"}, is_number);
  sheet->add(Cells{"=HYPERLINK(\"x\")", "+84912345678", "123456789012.123456"}, is_number);
  sheet->add(Cells{"Hoà & <Hòa> \"ẵ\"", "", "x"}, is_number);
  const auto octets = sheet->finish();
  ASSERT_TRUE(octets);
  EXPECT_TRUE(octets->starts_with("PK"));
  EXPECT_NE(octets->find("xl/worksheets/sheet1.xml"), std::string::npos);
  if (const char* folder = std::getenv("NGUON_EXPORT_SAMPLES")) {
    std::ofstream(std::string(folder) + "/sample.xlsx", std::ios::binary) << *octets;
  }
}

TEST(Xlsx, OneThatIsGivenUpLeavesNothing) {
  auto sheet = XlsxSheet::open("Nguồn").value();
  sheet->add(Cells{"Mẫu"}, {false});
}

}  // namespace
}  // namespace nguon::server
