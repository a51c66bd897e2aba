#include "ledger/base/decimal.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

TEST(Decimal, ReadsCanonicalNumbersUpToTheLimit) {
  EXPECT_EQ(parse_decimal("0", 9), 0U);
  EXPECT_EQ(parse_decimal("255", 255), 255U);
  EXPECT_EQ(parse_decimal("18446744073709551615", ~0ULL), ~0ULL);
}

TEST(Decimal, RefusesEveryOtherText) {
  for (const char* text : {"", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "1e3", "0x1", "a",
                           "18446744073709551616", "99999999999999999999999"}) {
    EXPECT_FALSE(parse_decimal(text, ~0ULL)) << text;
  }
  EXPECT_FALSE(parse_decimal("256", 255));
}

}  // namespace
}  // namespace nguon::ledger
