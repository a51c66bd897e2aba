#include "labels/serial.hpp"

#include "labels/crockford.hpp"
#include "tests/labels/support.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

namespace nguon::labels {
namespace {

SerialKey counting_key(unsigned char first) {
  SerialKey key;
  for (auto& octet : key.octets) octet = first++;
  return key;
}

/// Epochs 0 and 31 under octets 0..31, epoch 1 under 32..63, as in golden/serials.txt.
SerialCodec golden_codec() {
  auto codec = SerialCodec::make(demo_deployment).value();
  codec.add_epoch(0, counting_key(0)).value();
  codec.add_epoch(1, counting_key(32)).value();
  codec.add_epoch(31, counting_key(0)).value();
  return codec;
}

TEST(Serial, AgreesWithTheGoldenFileBothWays) {
  const auto codec = golden_codec();
  for (const auto& line : golden_lines("serials.txt")) {
    SerialPlace place;
    std::string serial;
    std::istringstream(line) >> place.epoch >> place.range >> place.index >> serial;
    EXPECT_EQ(codec.encode(place).value(), serial) << line;
    EXPECT_EQ(codec.decode(serial).value(), place) << line;
  }
}

TEST(Serial, NeighboursShareNothingAndNeverCollide) {
  const auto codec = golden_codec();
  std::set<std::string> seen;
  for (std::uint64_t index = 0; index < 5000; ++index) {
    const auto serial = codec.encode({0, 9, index}).value();
    ASSERT_TRUE(seen.insert(serial.substr(1, 6)).second) << "half a serial met twice at " << index;
  }
}

TEST(Serial, ReadsWhatAPersonTypesFromTheGroups) {
  const auto codec = golden_codec();
  EXPECT_EQ(serial_groups("0PDNST6BT16Y0S"), "0PDN-ST6-BT16-Y0S");
  const SerialPlace place{0, 123456, 654321};
  EXPECT_EQ(codec.decode("0pdn-st6-bt16-y0s").value(), place);
  EXPECT_EQ(codec.decode(" OPDN ST6 BTi6 YoS ").value(), place);
}

TEST(Serial, TellsMalformedMistypedAndUnknownApart) {
  const auto codec = golden_codec();
  EXPECT_EQ(codec.decode("0PDNST6BT16Y0T").error(), Fault::mistyped);
  EXPECT_EQ(codec.decode("0PDNST6BT61Y0S").error(), Fault::mistyped);  // two swapped
  EXPECT_EQ(codec.decode("0PDNST6BT16Y0").error(), Fault::bad_length);
  EXPECT_EQ(codec.decode("0PDNST6BT16Y0SS").error(), Fault::bad_length);
  EXPECT_EQ(codec.decode("").error(), Fault::bad_length);
  EXPECT_EQ(codec.decode("0PDNST6BT16Y0U").error(), Fault::bad_symbol);
  EXPECT_EQ(codec.decode("0PDNST6BT16Y0\xc3\x94").error(), Fault::bad_symbol);
  const std::string other_epoch = "2PDNST6BT16Y0";
  EXPECT_EQ(codec.decode(other_epoch + check_symbol(other_epoch)).error(), Fault::unknown_epoch);
}

TEST(Serial, EverySingleTypingErrorOfAnIssuedSerialIsMistyped) {
  const auto codec = golden_codec();
  const auto serial = codec.encode({1, 7, 42}).value();
  for (std::size_t at = 0; at < serial.size(); ++at) {
    for (const char symbol : crockford_symbols) {
      auto wrong = serial;
      wrong[at] = symbol;
      if (wrong != serial) {
        EXPECT_EQ(codec.decode(wrong).error(), Fault::mistyped) << wrong;
      }
    }
  }
}

TEST(Serial, AnotherDeploymentOrEpochReadsAnotherPlace) {
  auto other_id = std::string(demo_deployment);
  other_id[0] = '5';
  auto other = SerialCodec::make(other_id).value();
  other.add_epoch(0, counting_key(0)).value();
  const auto codec = golden_codec();
  const SerialPlace place{0, 7, 42};
  EXPECT_NE(other.encode(place).value(), codec.encode(place).value());
  // Epoch 31 has epoch 0's key here: the tweak alone must tell them apart.
  EXPECT_NE(codec.encode({31, 7, 42}).value().substr(1, 12),
            codec.encode({0, 7, 42}).value().substr(1, 12));
}

TEST(Serial, RefusesWhatDoesNotFitItsFields) {
  auto codec = golden_codec();
  EXPECT_EQ(codec.encode({0, serial_range_limit, 0}).error(), Fault::out_of_range);
  EXPECT_EQ(codec.encode({0, 0, serial_index_limit}).error(), Fault::out_of_range);
  EXPECT_EQ(codec.encode({5, 0, 0}).error(), Fault::unknown_epoch);
  EXPECT_EQ(codec.encode({99, 0, 0}).error(), Fault::unknown_epoch);
  EXPECT_EQ(codec.add_epoch(32, counting_key(0)).error(), Fault::out_of_range);
  EXPECT_EQ(SerialCodec::make("short").error(), Fault::bad_length);
  EXPECT_EQ(SerialCodec::make(std::string(43, '=')).error(), Fault::bad_symbol);
}

TEST(Serial, RandomPlacesComeBack) {
  const auto codec = golden_codec();
  std::mt19937_64 random(4);
  for (int i = 0; i < 2000; ++i) {
    const SerialPlace place{i % 2 == 0 ? 0u : 1u, static_cast<std::uint32_t>(random() >> 40),
                            random() >> 28};
    EXPECT_EQ(codec.decode(codec.encode(place).value()).value(), place);
  }
}

}  // namespace
}  // namespace nguon::labels
