#include "ledger/base/base64url.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

TEST(Base64url, EncodesTheRfc4648Vectors) {
  EXPECT_EQ(base64url_encode(""), "");
  EXPECT_EQ(base64url_encode("f"), "Zg");
  EXPECT_EQ(base64url_encode("fo"), "Zm8");
  EXPECT_EQ(base64url_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
}

TEST(Base64url, DecodesWhatItEncodes) {
  std::string octets;
  for (int i = 0; i < 256; ++i) {
    octets += static_cast<char>(i);
    EXPECT_EQ(base64url_decode(base64url_encode(octets)), octets);
  }
}

TEST(Base64url, RefusesTextThatIsNotCanonical) {
  EXPECT_FALSE(base64url_decode("Zg=="));  // padded
  EXPECT_FALSE(base64url_decode("Zh"));    // slack bits set
  EXPECT_FALSE(base64url_decode("Z"));     // no such length
  EXPECT_FALSE(base64url_decode("Zm+v"));  // the other alphabet
  EXPECT_FALSE(base64url_decode("Zm 8"));
}

TEST(Base64url, AHashIsExactly43Symbols) {
  EXPECT_EQ(base64url_hash(std::string(43, 'A')), Hash{});
  EXPECT_FALSE(base64url_hash(std::string(42, 'A')));
  EXPECT_FALSE(base64url_hash(std::string(44, 'A')));
}

TEST(Base64, PadsAndInsistsOnPadding) {
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_decode("Zg=="), "f");
  EXPECT_EQ(base64_decode("Zm8="), "fo");
  EXPECT_FALSE(base64_decode("Zg"));
  EXPECT_FALSE(base64_decode("Zh=="));
  EXPECT_FALSE(base64_decode("===="));
}

TEST(Hex, RoundTripsAndRefusesOddText) {
  EXPECT_EQ(hex_encode("\x01\xab"), "01ab");
  EXPECT_EQ(hex_decode("01AB"), "\x01\xab");
  EXPECT_FALSE(hex_decode("0"));
  EXPECT_FALSE(hex_decode("0g"));
}

}  // namespace
}  // namespace nguon::ledger
