#include "labels/sscc.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

TEST(Sscc, IsExtensionPrefixReferenceAndCheckDigit) {
  EXPECT_EQ(make_sscc(3, "9521234", 200).value(), "395212340000002001");
  EXPECT_EQ(make_sscc(0, "9521234", 0).value(), "095212340000000006");
  EXPECT_EQ(make_sscc(0, "0614141", 123456789).value(), "006141411234567890");  // GS1's own example
  EXPECT_EQ(make_sscc(9, "952123456789", 9999).value().substr(0, 17), "99521234567899999");
}

TEST(Sscc, WhatIsMadeIsRead) {
  for (const auto* prefix : {"9521", "95212", "952123456789"}) {
    for (const std::uint64_t reference : {0u, 1u, 42u, 9999u}) {
      for (unsigned extension = 0; extension <= 9; ++extension) {
        const auto made = make_sscc(extension, prefix, reference).value();
        EXPECT_EQ(made.size(), 18u);
        EXPECT_EQ(read_sscc(made).value(), made);
      }
    }
  }
}

TEST(Sscc, EveryReferenceUpToTheLastOfItsPrefixAndNoneBeyond) {
  EXPECT_TRUE(make_sscc(0, "9521", 999'999'999'999));
  EXPECT_EQ(make_sscc(0, "9521", 1'000'000'000'000).error(), Fault::out_of_range);
  EXPECT_TRUE(make_sscc(0, "952123456789", 9'999));
  EXPECT_EQ(make_sscc(0, "952123456789", 10'000).error(), Fault::out_of_range);
  EXPECT_EQ(make_sscc(10, "9521234", 1).error(), Fault::out_of_range);
}

TEST(Sscc, NeedsAPrefixAndInventsNone) {
  EXPECT_EQ(make_sscc(0, "", 1).error(), Fault::bad_length);
  EXPECT_EQ(make_sscc(0, demo_company_prefix, 1).error(), Fault::bad_length);
  EXPECT_EQ(make_sscc(0, "9521234567890", 1).error(), Fault::bad_length);
  EXPECT_EQ(make_sscc(0, "95212E4", 1).error(), Fault::bad_symbol);
  EXPECT_EQ(read_company_prefix("9521234").value(), "9521234");
}

TEST(Sscc, TypedWithSpacesOrWrong) {
  EXPECT_EQ(read_sscc("3 9521234 000000200 1").value(), "395212340000002001");
  EXPECT_EQ(read_sscc("395212340000002002").error(), Fault::wrong_check_digit);
  EXPECT_EQ(read_sscc("39521234000000200").error(), Fault::bad_length);
  EXPECT_EQ(read_sscc("3952123400000020011").error(), Fault::bad_length);
  EXPECT_EQ(read_sscc("39521234000000200x").error(), Fault::bad_symbol);
}

}  // namespace
}  // namespace nguon::labels
