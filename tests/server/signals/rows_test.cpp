#include "server/signals/rows.hpp"

#include "ledger/base/base64url.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

TEST(SignalRows, AreTheDocumentedOctets) {
  const LabelCount count{20'778, 20'780, 3, 2, 1'795'273'200, Alarm::apart};
  EXPECT_EQ(ledger::hex_encode(count_key({1, 0x020304, 0x0506070809})), "6e010203040506070809");
  EXPECT_EQ(ledger::hex_encode(encode_count(count)),
            "0000512a0000512c00000003000000020000000"
            "06b01b1f001");
  EXPECT_EQ(decode_count(encode_count(count)), count);
}

TEST(SignalRows, OtherOctetsAreNoRow) {
  const std::string good = encode_count({1, 2, 3, 4, 5, Alarm::sold});
  EXPECT_TRUE(decode_count(good));
  EXPECT_FALSE(decode_count(""));
  EXPECT_FALSE(decode_count(good + '\0'));
  EXPECT_FALSE(decode_count(good.substr(1)));
  std::string unknown = good;
  unknown.back() = 3;
  EXPECT_FALSE(decode_count(unknown));
  std::string groundless = good;
  groundless.back() = 0;
  EXPECT_FALSE(decode_count(groundless)) << "an alarm without a reason";
}

}  // namespace
}  // namespace nguon::server
