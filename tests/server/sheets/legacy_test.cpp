#include "server/sheets/legacy.hpp"

#include "server/sheets/cell_text.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

using enum Encoding;

TEST(Syllable, WhatVietnameseWritesAndWhatNot) {
  for (const auto* good : {"Nguyễn", "NGUYỄN", "Quý", "giêng", "Gì", "nghiêng", "Yến", "xã", "Đặng",
                           "hoà", "hòa", "thuở", "khuya", "Páo", "ươm", "quốc", "uống"}) {
    EXPECT_TRUE(is_syllable(good)) << good;
  }
  for (const auto* bad : {"", "Nguyªn", "tac", "bát1", "hót̀", "Krông", "ß", "aâ", "çng"}) {
    EXPECT_FALSE(is_syllable(bad)) << bad;
  }
}

TEST(ToneLast, PlacementOfToneMarksIsNoDifference) {
  EXPECT_EQ(tone_last("Hoà  BÌNH"), tone_last("hòa bình"));
  EXPECT_EQ(tone_last("Thuỷ"), tone_last("Thủy"));
  EXPECT_NE(tone_last("Hoá"), tone_last("Hoà"));
  EXPECT_NE(tone_last("Lan"), tone_last("Lân"));
}

struct Old {
  std::string_view octets;
  Encoding encoding;
  std::string_view text;
};

// dữ liệu mẫu: the same invented names as older programs wrote them.
TEST(ReadCell, OctetsOfOlderEncodings) {
  for (const Old& old : {
           Old{"Nguy\xD4n V\xA8n M\xC9u", tcvn3, "Nguyễn Văn Mẫu"},
           Old{"\xAE\xC6ng Th\xDE Hoa", tcvn3, "đặng Thị Hoa"},
           Old{"Nguye\xE3n Va\xEAn Ma\xE3u", vni, "Nguyễn Văn Mẫu"},
           Old{"Nguy\xEA\xDEn V\xE3n M\xE2\xDEu", windows_1258, "Nguyễn Văn Mẫu"},
       }) {
    const Cell cell = read_cell(old.octets, unicode);
    EXPECT_EQ(cell.text, old.text) << old.octets;
    EXPECT_EQ(cell.encoding, old.encoding);
    EXPECT_FALSE(cell.written.empty());
  }
}

TEST(ReadCell, FontEncodingsThatWerePastedAreSeen) {
  EXPECT_EQ(read_cell("NguyÔn V¨n MÉu", unicode).text, "Nguyễn Văn Mẫu");
  EXPECT_EQ(read_cell("Nguyeãn Vaên Maãu", unicode).text, "Nguyễn Văn Mẫu");
  EXPECT_EQ(read_cell("Nguyá»…n VÄƒn Máº«u", unicode).text, "Nguyễn Văn Mẫu");
  EXPECT_EQ(read_cell("Nguyá»…n VÄƒn Máº«u", unicode).encoding, utf8_twice);
}

TEST(ReadCell, GoodTextStaysAsItIs) {
  for (const auto* text :
       {"Nguyễn Văn Mẫu", "Hà", "Tú", "Lò Văn Páo", "Sồng A Dơ", "Ea H’Leo", "1.200 m²", "Café",
        "São Paulo", "Trần Hà", "Lê Na", "0912 345 678", "½ ha", "À"}) {
    const Cell cell = read_cell(text, unicode);
    EXPECT_EQ(cell.text, text);
    EXPECT_EQ(cell.encoding, unicode) << text;
  }
}

TEST(ReadCell, AmongEqualReadingsTheUsualOne) {
  // "Tó" is a name as it stands, and what "Tú" is in TCVN3's fonts.
  EXPECT_EQ(read_cell("T\xF3", unicode).text, "Tó");
  EXPECT_EQ(read_cell("T\xF3", tcvn3).text, "Tú");
}

TEST(CleanCell, BlanksMarksAndInvisibleOnes) {
  EXPECT_EQ(clean_cell(" \t Hoa\u0300  \u00A0B\u200Bi\u0300nh\r\n", 80), "Hoà Bình");
  EXPECT_EQ(clean_lines("A \n\n B\r\n", 80), "A\nB");
  EXPECT_EQ(clean_cell("abc def", 4), "abc");
  EXPECT_EQ(clean_cell("\xFF", 80), "");
  EXPECT_FALSE(is_utf8("\xC0\xAF"));
  EXPECT_TRUE(is_utf8("ế"));
}

}  // namespace
}  // namespace nguon::server
