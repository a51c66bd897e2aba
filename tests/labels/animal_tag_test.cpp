#include "labels/animal_tag.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

TEST(AnimalTag, ReadsFifteenDigitsHoweverTheyAreSpaced) {
  EXPECT_EQ(read_animal_tag("704000012345678").value(), "704000012345678");
  EXPECT_EQ(read_animal_tag("704 0000 1234-5678").value(), "704000012345678");
  EXPECT_EQ(animal_tag_groups("704000012345678"), "704 0000 1234 5678");
}

TEST(AnimalTag, TheNumberHoldsThirtyEightBits) {
  EXPECT_TRUE(read_animal_tag("704274877906943"));
  EXPECT_EQ(read_animal_tag("704274877906944").error(), Fault::out_of_range);
  EXPECT_EQ(read_animal_tag("704999999999999").error(), Fault::out_of_range);
}

TEST(AnimalTag, ThePrefixIsACountryOrAManufacturer) {
  for (const auto* issuer : {"704", "004", "036", "250", "840", "894", "900", "998"}) {
    EXPECT_TRUE(read_animal_tag(std::string(issuer) + "000000000001")) << issuer;
  }
  for (const auto* issuer : {"000", "001", "700", "707", "899", "999"}) {
    EXPECT_EQ(read_animal_tag(std::string(issuer) + "000000000001").error(), Fault::out_of_range)
        << issuer;
  }
}

TEST(AnimalTag, RefusesOtherLengthsAndSymbols) {
  EXPECT_EQ(read_animal_tag("").error(), Fault::bad_length);
  EXPECT_EQ(read_animal_tag("70400001234567").error(), Fault::bad_length);
  EXPECT_EQ(read_animal_tag("7040000123456789").error(), Fault::bad_length);
  EXPECT_EQ(read_animal_tag(std::string(100000, '7')).error(), Fault::bad_length);
  EXPECT_EQ(read_animal_tag("70400001234567O").error(), Fault::bad_symbol);
}

}  // namespace
}  // namespace nguon::labels
