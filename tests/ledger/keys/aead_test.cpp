#include "ledger/keys/aead.hpp"

#include "ledger/keys/key.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const std::string sample_key(32, 'k');

TEST(Aead, OpensWhatItSealed) {
  for (const std::string plain : {"", "x", "giá 12000 đồng"}) {
    const std::string box = seal(sample_key, plain, "place");
    EXPECT_EQ(box.size(), plain.size() + seal_overhead);
    const auto opened = open_sealed(sample_key, box, "place");
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, plain);
  }
}

TEST(Aead, SealsTheSameTextDifferentlyEachTime) {
  EXPECT_NE(seal(sample_key, "text", ""), seal(sample_key, "text", ""));
}

TEST(Aead, HidesThePlainText) {
  EXPECT_EQ(seal(sample_key, "a phone number", "").find("phone"), std::string::npos);
}

TEST(Aead, EveryFlippedBitIsFound) {
  const std::string box = seal(sample_key, "text", "place");
  for (std::size_t bit = 0; bit < box.size() * 8; ++bit) {
    std::string broken = box;
    broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = open_sealed(sample_key, broken, "place");
    ASSERT_FALSE(opened) << "bit " << bit;
    EXPECT_EQ(opened.error().rule, "private.sealed");
    EXPECT_EQ(opened.error().code, Errc::corrupt);
  }
}

TEST(Aead, AnotherKeyOrPlaceDoesNotOpen) {
  const std::string box = seal(sample_key, "text", "place");
  EXPECT_FALSE(open_sealed(std::string(32, 'j'), box, "place"));
  EXPECT_FALSE(open_sealed(sample_key, box, "elsewhere"));
  EXPECT_FALSE(open_sealed(sample_key, box, ""));
}

TEST(Aead, ATruncatedBoxDoesNotOpen) {
  const std::string box = seal(sample_key, "text", "");
  for (std::size_t size = 0; size < box.size(); ++size) {
    EXPECT_FALSE(open_sealed(sample_key, box.substr(0, size), ""));
  }
}

TEST(Random, OctetsDifferAndWipeEmpties) {
  std::string a = random_bytes(32);
  EXPECT_EQ(a.size(), 32U);
  EXPECT_NE(a, random_bytes(32));
  EXPECT_EQ(random_bytes(0), "");
  wipe(a);
  EXPECT_TRUE(a.empty());
}

}  // namespace
}  // namespace nguon::ledger
