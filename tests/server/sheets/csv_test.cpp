#include "server/sheets/workbook.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

std::string csv_rule(const ledger::Result<Workbook>& read) {
  return read ? "good" : read.error().rule;
}

std::string shown(std::string_view octets) {
  const auto book = read_workbook(octets);
  if (!book) return book.error().rule;
  std::string text;
  for (const auto& row : book->sheets.at(0).rows) {
    for (const Cell& cell : row) text += "[" + cell.text + "]";
    text += '/';
  }
  return text;
}

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string octets;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    octets += big_endian ? high : low;
    octets += big_endian ? low : high;
  }
  return octets;
}

TEST(Csv, DelimitersAndQuotes) {
  EXPECT_EQ(shown("a;b\n1,5;2\n"), "[a][b]/[1,5][2]/");
  EXPECT_EQ(shown("a,b\r\n\"1;5\",\"say \"\"x\"\"\"\r\n"), "[a][b]/[1;5][say \"x\"]/");
  EXPECT_EQ(shown("a\tb\n1\t2"), "[a][b]/[1][2]/");
  EXPECT_EQ(shown("a;b\n\"hai\ndòng\";2\n"), "[a][b]/[hai\ndòng][2]/");
  EXPECT_EQ(shown("a;b;;\n;;;\n"), "[a][b]//") << "trailing blanks are none";
  EXPECT_EQ(shown("a;b\n\"open;2\n"), "[a][b]/[open;2]/");
  EXPECT_EQ(shown(""), "");
}

TEST(Csv, EveryUnicode) {
  const std::string expected = "[Họ tên][Xã]/[Ất 𠀋][Hoà]/";
  EXPECT_EQ(shown("\xEF\xBB\xBFHọ tên;Xã\nẤt 𠀋;Hoà\n"), expected);
  const std::u16string text = u"Họ tên;Xã\nẤt 𠀋;Hoà\n";
  EXPECT_EQ(shown("\xFF\xFE" + utf16(text, false)), expected);
  EXPECT_EQ(shown("\xFE\xFF" + utf16(text, true)), expected);
  EXPECT_EQ(shown(utf16(u"ten;xa\nHoà;Mai\n", false)), "[ten][xa]/[Hoà][Mai]/");
  EXPECT_EQ(shown(utf16(u"ten;xa\nHoà;Mai\n", true)), "[ten][xa]/[Hoà][Mai]/");
}

// dữ liệu mẫu
TEST(Csv, CellsOfOneFileMayBeOfDifferentEncodings) {
  const auto book = read_workbook(
      "H\xE4 t\xAAn;X\xB7\nNguy\xD4n V\xA8n \xB8i;ChiÒng Ban\nLò Thị Ớt;T\xF3\nNguye\xE3n Va\xEAn "
      "Ba;Mai\n");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->usual, Encoding::tcvn3);
  const auto& rows = book->sheets[0].rows;
  EXPECT_EQ(rows[0][0].text, "Họ tên");
  EXPECT_EQ(rows[1][0].text, "Nguyễn Văn ái");
  EXPECT_EQ(rows[2][0].text, "Lò Thị Ớt");
  EXPECT_EQ(rows[2][0].encoding, Encoding::unicode);
  EXPECT_EQ(rows[2][1].text, "Tú");
  EXPECT_EQ(rows[3][0].text, "Nguyễn Văn Ba");
  EXPECT_EQ(rows[3][0].encoding, Encoding::vni);
}

TEST(Csv, Limits) {
  EXPECT_EQ(csv_rule(read_workbook(std::string(max_sheet_octets + 1, 'a'))), "sheet.too-large");
  std::string lines;
  for (std::size_t row = 0; row < max_sheet_rows; ++row) lines += "a\n";
  EXPECT_EQ(csv_rule(read_workbook(lines)), "good");
  EXPECT_EQ(csv_rule(read_workbook(lines + "a")), "sheet.rows");
  EXPECT_EQ(csv_rule(read_workbook(std::string(max_sheet_columns - 1, ',') + "a")), "good");
  EXPECT_EQ(csv_rule(read_workbook(std::string(max_sheet_columns, ',') + "a")), "sheet.columns");
  std::string wide;
  for (int row = 0; row < 5'001; ++row) wide += std::string(max_sheet_columns - 1, ',') + "\n";
  EXPECT_EQ(csv_rule(read_workbook(wide)), "sheet.too-large");
}

TEST(Workbook, WhatIsNoTableIsRefusedByName) {
  EXPECT_EQ(csv_rule(read_workbook("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an .xls, or a password")),
            "sheet.xls");
  EXPECT_EQ(csv_rule(read_workbook("%PDF-1.7")), "sheet.kind");
  EXPECT_EQ(csv_rule(read_workbook("<html><table>")), "sheet.kind");
  EXPECT_EQ(csv_rule(read_workbook(std::string("ten\0;a;b;c", 10))), "sheet.kind");
  EXPECT_EQ(csv_rule(read_workbook("PK\x03\x04")), "sheet.xlsx");
}

}  // namespace
}  // namespace nguon::server
