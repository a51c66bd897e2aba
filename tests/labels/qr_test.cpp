#include "labels/qr.hpp"

#include "tests/labels/tools.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace nguon::labels {
namespace {

constexpr auto link = "https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S";

TEST(Qr, ScansAtOnePixelSizeAndLevelAsAtAnother) {
  const ScratchDir scratch;
  for (const auto level : {QrLevel::l, QrLevel::m, QrLevel::q, QrLevel::h}) {
    const auto modules = encode_qr(link, level).value();
    for (const int pixels : {2, 3, 8}) {
      const auto file = scratch.write("qr.png", qr_png(modules, pixels).value());
      EXPECT_EQ(scan(file), std::string(link) + "\n") << pixels;
    }
  }
}

TEST(Qr, KeepsEveryPrintableCharacter) {
  std::string text;
  for (char c = ' '; c <= '~'; ++c) text += c;
  const ScratchDir scratch;
  const auto file = scratch.write("qr.png", qr_png(encode_qr(text).value(), 4).value());
  EXPECT_EQ(scan(file), text + "\n");
}

TEST(Qr, UpperCaseMakesTheSymbolSmaller) {
  // 55 octets: version 3 in alphanumeric segments, version 4 as bytes at level M.
  const std::string upper = "https://TXNG.EXAMPLE/01/09521234543213/21/0PDNST6BT16Y";
  std::string lower = upper;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  EXPECT_EQ(encode_qr(upper).value().size, 29);
  EXPECT_EQ(encode_qr(lower).value().size, 33);
  EXPECT_EQ(encode_qr(link).value().size, 29);
}

TEST(Qr, HigherLevelsNeverShrinkTheSymbol) {
  int last = 0;
  for (const auto level : {QrLevel::l, QrLevel::m, QrLevel::q, QrLevel::h}) {
    const int size = encode_qr(std::string(60, 'a'), level).value().size;
    EXPECT_GE(size, last);
    last = size;
  }
  EXPECT_GT(last, encode_qr(std::string(60, 'a'), QrLevel::l).value().size);
}

TEST(Qr, RefusesWhatItCannotHold) {
  EXPECT_EQ(encode_qr("").error(), Fault::bad_length);
  EXPECT_EQ(encode_qr("c\xc3\xa0 ph\xc3\xaa").error(), Fault::bad_symbol);
  EXPECT_EQ(encode_qr(std::string_view("a\0b", 3)).error(), Fault::bad_symbol);
  EXPECT_TRUE(encode_qr(std::string(2331, 'a')));  // version 40-M holds 2331 octets
  EXPECT_EQ(encode_qr(std::string(2332, 'a')).error(), Fault::does_not_fit);
  EXPECT_EQ(encode_qr(std::string(100'000, 'a')).error(), Fault::does_not_fit);
}

TEST(QrPng, HasOneBitAPixelAndItsQuietZone) {
  const auto modules = encode_qr(link).value();
  const auto png = qr_png(modules, 5).value();
  const auto number = [&](std::size_t at) {
    return static_cast<unsigned char>(png[at + 2]) * 256 + static_cast<unsigned char>(png[at + 3]);
  };
  EXPECT_EQ(png.substr(1, 3), "PNG");
  EXPECT_EQ(number(16), (modules.size + 8) * 5);
  EXPECT_EQ(number(20), (modules.size + 8) * 5);
  EXPECT_EQ(png[24], 1);  // bit depth
  EXPECT_EQ(png[25], 0);  // grey
  EXPECT_EQ(qr_png(modules, 0).error(), Fault::out_of_range);
  EXPECT_EQ(qr_png(modules, 65).error(), Fault::out_of_range);
}

/// Draws the SVG's path as a reader would, one line of width 1 a run.
QrModules draw(const std::string& svg, int size) {
  QrModules drawn{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size * size), 0)};
  const auto from = svg.find(" d=\"M", svg.find("stroke")) + 4;
  std::istringstream path(svg.substr(from, svg.find('"', from) - from));
  int x = 0;
  int y = 0;
  for (char command; path >> command;) {
    int value = 0;
    path >> value;
    if (command == 'h') {
      for (int i = 0; i < value; ++i, ++x) {
        drawn.dark.at(static_cast<std::size_t>((y - quiet_zone) * size + x - quiet_zone)) += 1;
      }
      continue;
    }
    int second = 0;
    path >> second;
    x = command == 'M' ? value : x + value;
    y = command == 'M' ? second : y + second;
  }
  return drawn;
}

TEST(QrSvg, DrawsEveryModuleOnceAndNothingElse) {
  for (const auto length : {1u, 40u, 500u, 2331u}) {
    const auto modules = encode_qr(std::string(length, 'a')).value();
    EXPECT_EQ(draw(qr_svg(modules, "x"), modules.size), modules) << length;
  }
}

TEST(QrSvg, IsOneElementWithATitleAndAQuietZone) {
  const auto modules = encode_qr(link).value();
  const auto svg = qr_svg(modules, "Tem <\"1\"> & 2");
  EXPECT_TRUE(
      svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
                      "viewBox=\"0 0 37 37\""));
  EXPECT_NE(svg.find("<title>Tem &lt;&quot;1&quot;&gt; &amp; 2</title>"), std::string::npos);
  EXPECT_NE(svg.find("d=\"M0 0h37v37H0z\""), std::string::npos);
  EXPECT_LT(svg.size(), 2500u);
}

}  // namespace
}  // namespace nguon::labels
