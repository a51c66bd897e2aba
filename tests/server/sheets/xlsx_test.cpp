#include "server/sheets/workbook.hpp"
#include "server/sheets/xlsx_parts.hpp"
#include "tests/server/sheets/zipped.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

using tests::Files;
using tests::zipped;

std::string xlsx_rule(const ledger::Result<Workbook>& read) {
  return read ? "good" : read.error().rule;
}

Files book_of(const std::string& sheet) {
  return {
      {"xl/workbook.xml",
       R"(<workbook xmlns:r="r"><sheets><sheet name="Thành viên" r:id="rId1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>Họ tên</t></si><si><r><t>Lò </t></r><r><t>Văn "
       "Páo</t></r><rPh><t>x</t></rPh></si></sst>"},
      {"xl/styles.xml",
       R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy"/>)"
       R"(<numFmt numFmtId="165" formatCode="0 &quot;day&quot;"/></numFmts><cellStyleXfs>)"
       R"(<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>)"
       R"(<xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</worksheet>"}};
}

// dữ liệu mẫu
TEST(Xlsx, EveryKindOfCell) {
  const auto book = read_workbook(zipped(book_of(
      R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>SĐT</t></is></c></row>)"
      R"(<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45429</v></c><c r="C3"><v>9.12345678E8</v></c>)"
      R"(<c r="D3" s="3"><v>1.5</v></c><c r="E3" t="str"><f>A1</f><v>Hoà</v></c><c r="F3" t="e"><v>#N/A</v></c>)"
      R"(<c r="G3" t="b"><v>1</v></c><c r="H3" s="2"><v>61</v></c></row></sheetData>)"
      R"(<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="bad"/><mergeCell ref="E3:E5"/></mergeCells>)")));
  ASSERT_TRUE(book) << book.error().rule;
  const Sheet& sheet = book->sheets.at(0);
  EXPECT_EQ(sheet.name, "Thành viên");
  ASSERT_EQ(sheet.rows.size(), 3U);
  EXPECT_EQ(sheet.rows[1][0].text, "Họ tên");
  EXPECT_EQ(sheet.rows[1][2].text, "SĐT");
  const auto& row = sheet.rows[2];
  ASSERT_EQ(row.size(), 8U);
  EXPECT_EQ(row[0].text, "Lò Văn Páo");
  EXPECT_EQ(row[1].text, "2024-05-17");
  EXPECT_EQ(row[2].text, "912345678");
  EXPECT_TRUE(row[2].number);
  EXPECT_EQ(row[3].text, "1.5");
  EXPECT_EQ(row[4].text, "Hoà");
  EXPECT_EQ(row[5].text, "");
  EXPECT_EQ(row[7].text, "1900-03-01");
}

TEST(Xlsx, AMergedCellGivesItsValueToAllItsRows) {
  const auto book = read_workbook(zipped(book_of(
      R"(<row><c t="s"><v>1</v></c><c><v>1</v></c></row><row><c r="B2"><v>2</v></c></row></sheetData>)"
      R"(<mergeCells><mergeCell ref="A1:A2"/></mergeCells>)")));
  ASSERT_TRUE(book) << book.error().rule;
  const auto& rows = book->sheets[0].rows;
  EXPECT_EQ(rows[1][0].text, "Lò Văn Páo");
  EXPECT_TRUE(rows[1][0].merged);
  EXPECT_FALSE(rows[0][0].merged);
}

TEST(Xlsx, DaysOfSerialNumbers) {
  EXPECT_EQ(day_of_serial(25'569, false), "1970-01-01");
  EXPECT_EQ(day_of_serial(45'351.9, false), "2024-02-29");
  EXPECT_EQ(day_of_serial(0, true), "1904-01-01");
  EXPECT_EQ(day_of_serial(60, false), std::nullopt);
  EXPECT_EQ(day_of_serial(1e300, false), std::nullopt);
}

TEST(Xlsx, PlacesOfCells) {
  EXPECT_EQ(read_cell_place("AA10")->column, 27U);
  EXPECT_EQ(read_cell_place("AA10")->row, 10U);
  for (const auto* bad : {"", "A", "1", "A0", "AAAA1", "A1x", "a1", "A-1"}) {
    EXPECT_FALSE(read_cell_place(bad)) << bad;
  }
}

TEST(Xlsx, BrokenOrHostileFilesAreRefused) {
  EXPECT_EQ(xlsx_rule(read_workbook(zipped({{"mimetype", "application/x"}}))), "sheet.xlsx")
      << "an .ods";
  auto files = book_of("</sheetData>");
  EXPECT_EQ(xlsx_rule(read_workbook(zipped(files))), "good");
  files.push_back({"xl/workbook.xml", "<workbook/>"});
  EXPECT_EQ(xlsx_rule(read_workbook(zipped(files))), "sheet.xlsx") << "one name twice";
  EXPECT_EQ(
      xlsx_rule(read_workbook(zipped(book_of("<row><c t=\"s\"><v>7</v></c></row></sheetData>")))),
      "sheet.xlsx")
      << "a text that is not there";
  EXPECT_EQ(xlsx_rule(read_workbook(
                zipped(book_of("<row r=\"20001\"><c><v>7</v></c></row></sheetData>")))),
            "sheet.rows");
  EXPECT_EQ(
      xlsx_rule(read_workbook(zipped(book_of("<row><c r=\"GS1\"><v>7</v></c></row></sheetData>")))),
      "sheet.columns");
  EXPECT_EQ(xlsx_rule(read_workbook(zipped(book_of("<row>")))), "xml.syntax");
  auto entity = book_of("</sheetData>");
  entity[2].second = "<!DOCTYPE s [<!ENTITY a \"aaaa\">]><sst/>";
  EXPECT_EQ(xlsx_rule(read_workbook(zipped(entity))), "xml.doctype");
}

TEST(Xlsx, ABombStopsAtItsLimit) {
  // 66 MiB of blanks pack to some 66 kB.
  auto files = book_of("</sheetData>");
  files[4].second.append(66 << 20, ' ');
  const std::string bomb = zipped(files);
  EXPECT_LT(bomb.size(), 200'000U);
  EXPECT_EQ(xlsx_rule(read_workbook(bomb)), "sheet.too-large");
  // Cells far apart would need a grid of millions.
  std::string far;
  for (int row = 1; row <= 5'001; ++row) {
    far += "<row r=\"" + std::to_string(row) + "\"><c r=\"GR" + std::to_string(row) +
           "\"><v>1</v></c></row>";
  }
  EXPECT_EQ(xlsx_rule(read_workbook(zipped(book_of(far + "</sheetData>")))), "sheet.too-large");
}

}  // namespace
}  // namespace nguon::server
