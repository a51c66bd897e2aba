#include "server/desk/serial_root.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/merkle.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

const std::string deployment = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

labels::SerialKey some_key() {
  labels::SerialKey key;
  for (std::size_t i = 0; i < key.octets.size(); ++i) key.octets[i] = static_cast<unsigned char>(i);
  return key;
}

labels::SerialCodec codec() {
  auto made = labels::SerialCodec::make(deployment).value();
  made.add_epoch(0, some_key()).value();
  return made;
}

TEST(SerialRoot, OneSerialCanBeProvedWithoutTheOthers) {
  const auto serials = codec();
  const auto root = serial_root(serials, some_key(), {0, 5, 0}, 2).value();
  const auto leaf = [&](std::uint64_t index) {
    const auto serial = serials.encode({0, 5, index}).value();
    return ledger::leaf_hash(ledger::sha256(serial_salt(some_key(), serial) + serial).view());
  };
  const auto expected = ledger::base64url_hash(root);
  ASSERT_TRUE(expected);
  const std::array<ledger::Hash, 1> path{leaf(0)};
  EXPECT_TRUE(ledger::verify_inclusion(1, 2, leaf(1), path, *expected));
  EXPECT_FALSE(ledger::verify_inclusion(0, 2, leaf(1), path, *expected));
}

TEST(SerialRoot, DependsOnRangeCountAndKey) {
  const auto serials = codec();
  const auto root = serial_root(serials, some_key(), {0, 5, 0}, 3).value();
  EXPECT_EQ(root, serial_root(serials, some_key(), {0, 5, 77}, 3).value());
  EXPECT_NE(root, serial_root(serials, some_key(), {0, 6, 0}, 3).value());
  EXPECT_NE(root, serial_root(serials, some_key(), {0, 5, 0}, 4).value());
  auto other = some_key();
  other.octets[31] ^= 1;
  EXPECT_NE(root, serial_root(serials, other, {0, 5, 0}, 3).value());
}

TEST(SerialRoot, SaltsAreSixteenOctetsAndDifferBySerial) {
  EXPECT_EQ(serial_salt(some_key(), "0PDNST6BT16Y0S").size(), 16U);
  EXPECT_NE(serial_salt(some_key(), "0PDNST6BT16Y0S"), serial_salt(some_key(), "0PDNST6BT16Y0T"));
}

TEST(SerialRoot, UnknownEpochIsAFault) {
  const auto root = serial_root(codec(), some_key(), {3, 0, 0}, 1);
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error(), labels::Fault::unknown_epoch);
}

}  // namespace
}  // namespace nguon::server
