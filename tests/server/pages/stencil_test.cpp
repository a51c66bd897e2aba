#include "server/pages/stencil.hpp"

#include "tests/server/support/unpacked.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {
namespace {

using Values = std::vector<std::string_view>;

const std::string serial_mark(14, '\x1A');
const std::string grouped_mark = "\x1A\x1A\x1A\x1A-\x1A\x1A\x1A-\x1A\x1A\x1A\x1A-\x1A\x1A\x1A";

std::string page_of(std::string_view serial, std::string_view grouped) {
  std::string page = "<a href=\"/Q/" + std::string(serial) + "?lang=en\">English</a>";
  for (int i = 0; i < 40; ++i) page += "<li>Thu hoạch chanh leo, HTX mẫu " + std::to_string(i % 7);
  page += "<span class=\"code\">" + std::string(grouped) + "</span>";
  for (int i = 0; i < 40; ++i) page += "<li>Thu hoạch chanh leo, HTX mẫu " + std::to_string(i % 7);
  return page + "<a href=\"/R/" + std::string(serial) + "\">Báo vấn đề</a></html>";
}

Stencil cut_page() {
  const Values marks{serial_mark, grouped_mark};
  auto stencil = Stencil::cut(page_of(serial_mark, grouped_mark), marks);
  EXPECT_TRUE(stencil);
  return std::move(*stencil);
}

TEST(Stencil, EveryLabelGetsItsOwnPagePlainAndPacked) {
  const Stencil stencil = cut_page();
  for (const auto& [serial, grouped] : {std::pair{"0PDNST6BT16Y0S", "0PDN-ST6-BT16-Y0S"},
                                        std::pair{"1ZZZZZZZZZZZZ7", "1ZZZ-ZZZ-ZZZZ-ZZ7"}}) {
    const Values values{serial, grouped};
    EXPECT_EQ(stencil.plain(values), page_of(serial, grouped));
    EXPECT_EQ(unpacked(stencil.gzip(values)), page_of(serial, grouped));
    EXPECT_EQ(stencil.gzip(values), stencil.gzip(values));
  }
}

TEST(Stencil, TextAfterAHoleStillFindsWhatStoodBeforeIt) {
  const std::size_t packed = cut_page().gzip(Values{serial_mark, grouped_mark}).size();
  const std::string once = page_of(serial_mark, grouped_mark);
  uLongf whole = compressBound(once.size());
  std::string room(whole, '\0');
  ASSERT_EQ(compress2(reinterpret_cast<Bytef*>(room.data()), &whole,
                      reinterpret_cast<const Bytef*>(once.data()), once.size(), 9),
            Z_OK);
  // Three holes cost their octets, two headers of five and a flush each, and the split codes.
  EXPECT_LT(packed, whole + 3 * (17 + 10) + 120);
}

TEST(Stencil, ADocumentWithoutAHoleIsItself) {
  const Values none;
  const auto stencil = Stencil::cut("Tem hợp lệ", none);
  ASSERT_TRUE(stencil);
  EXPECT_EQ(stencil->plain(none), "Tem hợp lệ");
  EXPECT_EQ(unpacked(stencil->gzip(none)), "Tem hợp lệ");
  const auto empty = Stencil::cut("", none);
  ASSERT_TRUE(empty);
  EXPECT_EQ(unpacked(empty->gzip(none)), "");
}

TEST(Stencil, HolesMayStandAtBothEndsAndSideBySide) {
  const Values marks{"\x01\x01", "\x02"};
  const auto stencil = Stencil::cut("\x01\x01\x02\x01\x01 giữa \x02", marks);
  ASSERT_TRUE(stencil);
  const Values values{"ab", "c"};
  EXPECT_EQ(stencil->plain(values), "abcab giữa c");
  EXPECT_EQ(unpacked(stencil->gzip(values)), "abcab giữa c");
}

TEST(Stencil, OfMarksThatBeginTogetherTheLongestIsMeant) {
  const Values marks{"\x01\x01", "\x01\x01-\x01"};
  const auto stencil = Stencil::cut("<\x01\x01-\x01><\x01\x01>", marks);
  ASSERT_TRUE(stencil);
  EXPECT_EQ(stencil->plain(Values{"ab", "abcd"}), "<abcd><ab>");
}

/// The text before the holes says what will fill them, and the text between them repeats it.
TEST(Stencil, NothingMatchesAcrossTheEdgeOfAHole) {
  const std::string mark = "\x01-\x01-\x01";
  const std::string around = "a-b-c=\"-\" a-b-c=\"";
  const auto stencil =
      Stencil::cut(around + mark + "\"-" + around + mark + "\"-" + around, Values{mark});
  ASSERT_TRUE(stencil);
  const Values value{"-b-c="};
  EXPECT_EQ(unpacked(stencil->gzip(value)), stencil->plain(value));
}

TEST(Stencil, RefusesMarksThatCannotBeHoles) {
  EXPECT_FALSE(Stencil::cut("x", Values{""}));
  EXPECT_FALSE(Stencil::cut("x", Values{std::string_view()}));
  EXPECT_FALSE(Stencil::cut("x", Values{"ab"})) << "another octet at its end";
  EXPECT_FALSE(Stencil::cut("x", Values{"abca"})) << "two octets that are no ink, side by side";
  EXPECT_FALSE(Stencil::cut("aaa", Values{"aa"})) << "ink outside a mark";
  const std::string long_mark(0x10000, 'm');
  EXPECT_FALSE(Stencil::cut(long_mark, Values{long_mark}));
  EXPECT_FALSE(Stencil::cut(std::string((1 << 20) + 1, 'x'), Values{"\x01"}));
}

TEST(Stencil, AnyTextAndAnyHolesReadBack) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  for (int round = 0; round < 80; ++round) {
    // Texts of few symbols repeat themselves over far distances; of many, they do not compress.
    const std::size_t symbols = 1 + below(250);
    const std::array<std::string, 2> marks{std::string(1 + below(40), '\xFE'),
                                           std::string(1 + below(900), '\xFF')};
    std::array<std::string, 2> values;
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t k = 0; k < marks[i].size(); ++k) values[i] += static_cast<char>(below(256));
    }
    std::string document, expected;
    std::size_t around_holes = 0;
    for (std::size_t part = below(6); part > 0; --part) {
      std::string text;
      for (std::size_t k = 1 + below(6000); k > 0; --k) text += static_cast<char>(below(symbols));
      const std::size_t hole = below(2);
      document += text + marks[hole];
      expected += text + values[hole];
      document += '.';
      expected += '.';
      around_holes += text.size() + 1;
    }
    const auto stencil = Stencil::cut(document, Values{marks[0], marks[1]});
    ASSERT_TRUE(stencil);
    const Values filled{values[0], values[1]};
    ASSERT_EQ(stencil->plain(filled), expected);
    ASSERT_EQ(unpacked(stencil->gzip(filled)), expected);
    ASSERT_GE(stencil->footprint(), around_holes);
  }
}

}  // namespace
}  // namespace nguon::server
