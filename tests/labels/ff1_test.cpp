#include "labels/ff1.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nguon::labels {
namespace {

constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";

Ff1::Numerals numerals(std::string_view text) {
  Ff1::Numerals out;
  for (const char c : text) out.push_back(static_cast<std::uint16_t>(digits.find(c)));
  return out;
}
std::string text(const Ff1::Numerals& in) {
  std::string out;
  for (const auto numeral : in) out += digits[numeral];
  return out;
}

struct Sample {
  std::size_t key_octets;
  unsigned radix;
  std::string_view tweak, plain, cipher;
};

// NIST "FF1 Samples" (SP 800-38G examples), samples 1 to 9: the keys are prefixes of one.
constexpr std::string_view sample_key =
    "\x2b\x7e\x15\x16\x28\xae\xd2\xa6\xab\xf7\x15\x88\x09\xcf\x4f\x3c"
    "\xef\x43\x59\xd8\xd5\x80\xaa\x4f\x7f\x03\x6d\x6f\x04\xfc\x6a\x94";
constexpr Sample samples[] = {
    {16, 10, "", "0123456789", "2433477484"},
    {16, 10, "9876543210", "0123456789", "6124200773"},
    {16, 36, "7777pqrs777", "0123456789abcdefghi", "a9tv40mll9kdu509eum"},
    {24, 10, "", "0123456789", "2830668132"},
    {24, 10, "9876543210", "0123456789", "2496655549"},
    {24, 36, "7777pqrs777", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"},
    {32, 10, "", "0123456789", "6657667009"},
    {32, 10, "9876543210", "0123456789", "1001623463"},
    {32, 36, "7777pqrs777", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"},
};

TEST(Ff1, EncryptsTheNistSamples) {
  for (const auto& sample : samples) {
    const auto ff1 = Ff1::make(sample_key.substr(0, sample.key_octets), sample.radix);
    ASSERT_TRUE(ff1);
    const auto cipher = ff1->encrypt(sample.tweak, numerals(sample.plain));
    ASSERT_TRUE(cipher);
    EXPECT_EQ(text(*cipher), sample.cipher);
  }
}

TEST(Ff1, DecryptsTheNistSamples) {
  for (const auto& sample : samples) {
    const auto ff1 = Ff1::make(sample_key.substr(0, sample.key_octets), sample.radix);
    ASSERT_TRUE(ff1);
    const auto plain = ff1->decrypt(sample.tweak, numerals(sample.cipher));
    ASSERT_TRUE(plain);
    EXPECT_EQ(text(*plain), sample.plain);
  }
}

TEST(Ff1, GivesBackWhatItEncryptedForAnyTweakLength) {
  const auto ff1 = Ff1::make(sample_key, 32);
  ASSERT_TRUE(ff1);
  std::mt19937 random(3);
  for (std::size_t length = 0; length < 100; ++length) {
    const std::string tweak(length, static_cast<char>(length));
    Ff1::Numerals plain(12);
    for (auto& numeral : plain) numeral = random() % 32;
    const auto cipher = ff1->encrypt(tweak, plain);
    ASSERT_TRUE(cipher);
    EXPECT_EQ(ff1->decrypt(tweak, *cipher).value(), plain);
    EXPECT_NE(ff1->encrypt(tweak + "x", plain).value(), *cipher);
  }
}

TEST(Ff1, RefusesWhatTheStandardDoesNotAllow) {
  EXPECT_EQ(Ff1::make("short", 10).error(), Fault::out_of_range);
  EXPECT_EQ(Ff1::make(sample_key, 1).error(), Fault::out_of_range);
  EXPECT_EQ(Ff1::make(sample_key, 65536).error(), Fault::out_of_range);
  const auto ff1 = Ff1::make(sample_key, 10);
  ASSERT_TRUE(ff1);
  EXPECT_EQ(ff1->encrypt("", numerals("01234")).error(), Fault::bad_length);  // 10^5 < 10^6
  EXPECT_TRUE(ff1->encrypt("", numerals("012345")));
  EXPECT_EQ(ff1->encrypt("", Ff1::Numerals{}).error(), Fault::bad_length);
  EXPECT_EQ(ff1->encrypt("", Ff1::Numerals(40, 1)).error(), Fault::bad_length);  // 10^20 > 2^63
  EXPECT_EQ(ff1->encrypt("", numerals("01234a")).error(), Fault::bad_symbol);
  EXPECT_EQ(ff1->encrypt(std::string(4097, 't'), numerals("012345")).error(), Fault::bad_length);
}

}  // namespace
}  // namespace nguon::labels
