#include "labels/crockford.hpp"

#include <gtest/gtest.h>

#include <random>

namespace nguon::labels {
namespace {

TEST(Crockford, ReadsAsPeopleType) {
  EXPECT_EQ(crockford_read("oO iI lL"), "001111");
  EXPECT_EQ(crockford_read("0pdn-ST6 bt16-y0s"), "0PDNST6BT16Y0S");
  EXPECT_EQ(crockford_read(""), "");
}

TEST(Crockford, EverySymbolKeepsItsValueInBothCases) {
  for (unsigned value = 0; value < 32; ++value) {
    const char symbol = crockford_symbols[value];
    EXPECT_EQ(crockford_value(symbol), value);
    if (symbol >= 'A') {
      EXPECT_EQ(crockford_value(static_cast<char>(symbol + 32)), value);
    }
  }
}

TEST(Crockford, ExactlySixtyOctetsAreReadable) {
  // 10 digits, 22 letters twice, and o O i I l L: nothing else, whatever its sign bit.
  int readable = 0;
  for (int c = 0; c < 256; ++c) readable += crockford_value(static_cast<char>(c)).has_value();
  EXPECT_EQ(readable, 10 + 2 * 22 + 6);
  for (const auto* foreign : {"U", "u", "*", "\xc3\x94", "_", "+"}) {
    EXPECT_FALSE(crockford_read(foreign)) << foreign;
  }
  EXPECT_FALSE(crockford_read(std::string_view("\0", 1)));
}

TEST(Crockford, EncodesOctetsMostSignificantBitFirst) {
  EXPECT_EQ(crockford_encode(""), "");
  EXPECT_EQ(crockford_encode("foo"), "CSQPY");
  EXPECT_EQ(crockford_encode(std::string_view("\0\0\0\0\0", 5)), "00000000");
  EXPECT_EQ(crockford_encode("\xff"), "ZW");
  EXPECT_EQ(crockford_encode(std::string(32, '\xff')).size(), 52u);
}

std::string random_serial(std::mt19937& random) {
  std::string body;
  for (int i = 0; i < 13; ++i) body += crockford_symbols[random() % 32];
  return body + check_symbol(body);
}

TEST(CheckSymbol, EveryOneOfThirtyTwoLastSymbolsButOneIsWrong) {
  std::mt19937 random(1);
  for (int round = 0; round < 100; ++round) {
    auto text = random_serial(random);
    int good = 0;
    for (const char symbol : crockford_symbols) {
      text.back() = symbol;
      good += check_holds(text);
    }
    EXPECT_EQ(good, 1);
  }
}

// The code is linear: whether an error is caught depends on the error, not on the text. So trying
// every error on the all-zero text proves it for all texts; the random ones guard the linearity.
TEST(CheckSymbol, EverySingleWrongSymbolIsCaught) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const auto text = round == 0 ? std::string(14, '0') : random_serial(random);
    ASSERT_TRUE(check_holds(text));
    for (std::size_t at = 0; at < 14; ++at) {
      for (const char symbol : crockford_symbols) {
        auto wrong = text;
        wrong[at] = symbol;
        EXPECT_EQ(check_holds(wrong), wrong == text) << wrong;
      }
    }
  }
}

TEST(CheckSymbol, EverySwapOfTwoUnlikeSymbolsIsCaught) {
  // All positions and all ordered pairs of values; one further symbol makes the text hold.
  for (std::size_t i = 0; i < 14; ++i) {
    for (std::size_t j = i + 1; j < 14; ++j) {
      for (const char a : crockford_symbols) {
        for (const char b : crockford_symbols) {
          std::string text(14, '0');
          text[i] = a;
          text[j] = b;
          const std::size_t free = i != 0 ? 0 : (j != 1 ? 1 : 2);
          for (const char fix : crockford_symbols) {
            text[free] = fix;
            if (check_holds(text)) break;
          }
          ASSERT_TRUE(check_holds(text));
          auto swapped = text;
          std::swap(swapped[i], swapped[j]);
          EXPECT_EQ(check_holds(swapped), a == b) << text << " " << swapped;
        }
      }
    }
  }
}

TEST(CheckSymbol, HoldsForEveryLengthUpToItsLimit) {
  std::string body;
  while (body.size() + 1 < check_limit) {
    body += crockford_symbols[(body.size() * 7 + 3) % 32];
    EXPECT_TRUE(check_holds(body + check_symbol(body))) << body;
  }
}

}  // namespace
}  // namespace nguon::labels
