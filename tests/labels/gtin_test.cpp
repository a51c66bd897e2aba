#include "labels/gtin.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

TEST(Gtin, ReadsEveryLengthIntoFourteenDigits) {
  EXPECT_EQ(read_gtin("95212340").value(), "00000095212340");
  EXPECT_EQ(read_gtin("952123454324").value(), "00952123454324");
  EXPECT_EQ(read_gtin("9521234543213").value(), "09521234543213");
  EXPECT_EQ(read_gtin("09521234543213").value(), "09521234543213");
}

TEST(Gtin, EverySingleWrongDigitIsCaught) {
  const std::string good = "09521234543213";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto wrong = good;
      wrong[at] = digit;
      if (wrong != good) {
        EXPECT_EQ(read_gtin(wrong).error(), Fault::wrong_check_digit) << wrong;
      }
    }
  }
}

TEST(Gtin, RefusesOtherLengthsAndSymbols) {
  for (const auto* text : {"", "9521234", "952123405", "95212340512", "095212345432130"}) {
    EXPECT_EQ(read_gtin(text).error(), Fault::bad_length) << text;
  }
  EXPECT_EQ(read_gtin("0952123454321X").error(), Fault::bad_symbol);
  EXPECT_EQ(read_gtin("0952 123454321").error(), Fault::bad_symbol);
  EXPECT_EQ(read_gtin("-9521234543213").error(), Fault::bad_symbol);
}

TEST(Gtin, CheckDigitServesOtherKeysToo) {
  EXPECT_EQ(gs1_check_digit("952123454321"), '3');       // GTIN-13 and GLN
  EXPECT_EQ(gs1_check_digit("00614141123456789"), '0');  // an SSCC of the GS1 documents
  EXPECT_EQ(gs1_check_digit("00000000000000000"), '0');
}

TEST(Lot, KeepsItsGrammar) {
  EXPECT_EQ(read_lot("L-2026A").value(), "L-2026A");
  EXPECT_EQ(read_lot("l-2026a").value(), "L-2026A");
  EXPECT_EQ(read_lot("0123456789").value(), "0123456789");
  EXPECT_EQ(read_lot("A-").value(), "A-");
  EXPECT_EQ(read_lot("").error(), Fault::bad_length);
  EXPECT_EQ(read_lot("0123456789A").error(), Fault::bad_length);
  for (const auto* text : {"-A", "A/B", "A B", "L\xc3\x94", "A_1", "A.1"}) {
    EXPECT_EQ(read_lot(text).error(), Fault::bad_symbol) << text;
  }
}

}  // namespace
}  // namespace nguon::labels
