#include "labels/gs1_128.hpp"

#include "labels/png_writer.hpp"
#include "tests/labels/support.hpp"
#include "tests/labels/tools.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace nguon::labels {
namespace {

std::string digits_of(const LinearSymbol& symbol) {
  std::string digits;
  for (const auto width : symbol.widths) digits += static_cast<char>('0' + width);
  return digits;
}

/// One pixel a bit, `pixels` wide a module, with its quiet zones.
std::string bars_png(const LinearSymbol& symbol, int pixels) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(linear_quiet_zone * pixels), 255);
  std::uint8_t shade = 0;
  for (const auto width : symbol.widths) {
    row.insert(row.end(), static_cast<std::size_t>(width * pixels), shade);
    shade = static_cast<std::uint8_t>(255 - shade);
  }
  row.insert(row.end(), static_cast<std::size_t>(linear_quiet_zone * pixels), 255);
  GreyImage image{static_cast<int>(row.size()), 60, 8, 0, {}};
  for (int y = 0; y < image.height; ++y) {
    image.pixels.insert(image.pixels.end(), row.begin(), row.end());
  }
  return write_png(image).value();
}

/// What zbar reads, a line a symbol; it says FNC1 between elements as GS, or not at all, so that is
/// left out. One process for all: starting it costs more than reading.
std::string scan_bars(const std::vector<LinearSymbol>& symbols, int pixels) {
  const ScratchDir scratch;
  std::string files;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const auto name = std::to_string(i) + ".png";
    files += " " + scratch.write(name, bars_png(symbols[i], pixels));
  }
  auto read = run("zbarimg -q --raw -Sdisable -Scode128.enable" + files);
  std::erase(read, '\x1d');
  return read;
}

std::string without_separators(const Elements& elements) {
  auto text = with_fnc1(elements);
  std::erase(text, '^');
  return text;
}

TEST(Gs1128, IsWhatAnotherProgramWritesOrShorter) {
  int shorter = 0;
  int same = 0;
  for (const auto& line : golden_lines("gs1_128.txt")) {
    const auto tab = line.find('\t');
    const auto symbol = encode_gs1_128(read_element_string(line.substr(0, tab)).value()).value();
    EXPECT_EQ(symbol.modules, std::accumulate(symbol.widths.begin(), symbol.widths.end(), 0));
    const auto theirs = line.substr(tab + 1);
    const auto their_modules = std::accumulate(
        theirs.begin(), theirs.end(), 0, [](int sum, char width) { return sum + width - '0'; });
    ASSERT_LE(symbol.modules, their_modules) << line;
    shorter += symbol.modules < their_modules;
    if (symbol.modules < their_modules) continue;
    EXPECT_EQ(digits_of(symbol), theirs) << line;
    ++same;
  }
  EXPECT_EQ(same, 16);
  EXPECT_EQ(shorter, 2);
}

TEST(Gs1128, AnSsccIsElevenPairsWide) {
  const auto symbol = encode_gs1_128(read_element_string("(00)395212340000002001").value()).value();
  EXPECT_EQ(symbol.modules, 13 * 11 + 13);  // labels/FORMAT.md §6
}

TEST(Gs1128, Scans) {
  std::vector<LinearSymbol> symbols;
  std::string expected;
  for (const auto& line : golden_lines("gs1_128.txt")) {
    const auto elements = read_element_string(line.substr(0, line.find('\t'))).value();
    symbols.push_back(encode_gs1_128(elements).value());
    expected += without_separators(elements) + "\n";
  }
  EXPECT_EQ(scan_bars(symbols, 2), expected);
  EXPECT_EQ(scan_bars(symbols, 3), expected);
}

/// Fewest characters by trying every way: exponential, so for short texts only.
std::size_t fewest(std::string_view text, bool in_c) {
  if (text.empty()) return 0;
  const bool separator = text[0] == '^';
  const auto digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  const auto stay = [&](bool c) -> std::size_t {
    if (!c || separator) return 1 + fewest(text.substr(1), c);
    return digit(0) && digit(1) ? 1 + fewest(text.substr(2), c) : 1'000;
  };
  return std::min(stay(in_c), 1 + stay(!in_c));
}

TEST(Gs1128, NoOtherChoiceOfSetsIsShorter) {
  std::mt19937 dice(20260801);
  for (int round = 0; round < 300; ++round) {
    std::string lot;
    const auto length = 1 + dice() % 8;
    while (lot.size() < length) lot += "0123456789AB"[dice() % 12];
    const Elements elements{{"01", "09521234001010"}, {"10", lot}};
    // Identifier 01 and its GTIN are eight pairs in C; nothing shorter begins in B.
    const auto rest = fewest("10" + lot, true);
    EXPECT_EQ(encode_gs1_128(elements).value().modules, static_cast<int>(11 * (3 + 8 + rest) + 13))
        << lot;
  }
}

TEST(Gs1128, RandomLotsAndSerialsScan) {
  std::mt19937 dice(20260802);
  constexpr std::string_view letters = "!\"%&'*+,-./0123456789:;<=>?ABCXYZ_abcxyz";
  std::vector<LinearSymbol> symbols;
  std::string expected;
  for (int round = 0; round < 60; ++round) {
    Elements elements{{"01", "09521234001010"}, {"10", ""}, {"21", ""}};
    for (const std::size_t at : {1u, 2u}) {
      const auto length = 1 + dice() % 13;
      while (elements[at].value.size() < length) {
        elements[at].value += letters[dice() % letters.size()];
      }
    }
    symbols.push_back(encode_gs1_128(elements).value());
    expected += without_separators(elements) + "\n";
  }
  EXPECT_EQ(scan_bars(symbols, 2), expected);
}

TEST(Gs1128, RefusesWhatTheElementsRefuse) {
  EXPECT_EQ(encode_gs1_128({}).error().rule, Gs1Rule::length);
  EXPECT_EQ(encode_gs1_128({{"00", "395212340000002002"}}).error(),
            (Gs1Fault{Gs1Rule::check_digit, "00"}));
  EXPECT_EQ(encode_gs1_128({{"10", "L26A"}}).error(), (Gs1Fault{Gs1Rule::alone, "10"}));
}

TEST(Gs1128, FortyEightCharactersAreTheMost) {
  const auto modules = [](const std::string& serial) {
    return encode_gs1_128({{"01", "09521234001010"}, {"10", "123456789"}, {"21", serial}});
  };
  EXPECT_TRUE(modules("123456789012345678"));  // 16 + 11 + FNC1 + 20
  EXPECT_EQ(modules("1234567890123456789").error().rule, Gs1Rule::length);
}

}  // namespace
}  // namespace nguon::labels
