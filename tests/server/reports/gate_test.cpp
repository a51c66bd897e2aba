#include "server/reports/gate.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nguon::server {
namespace {

using Standing = ReportGate::Standing;

class StillClock final : public ledger::Clock {
 public:
  std::int64_t now_ms() const override { return now; }
  std::int64_t now = 1'790'000'000'000;
};

class Gate : public testing::Test {
 protected:
  std::string entered(const std::string& address, const std::string& label = "A") {
    const auto done = gate.enter(address, label);
    return done ? "" : done.error().rule;
  }
  StillClock clock;
  ReportGate gate{clock, {60, 5, 30, 300}};
};

TEST_F(Gate, ASealIsGoodForItsLabelAndForAWhile) {
  const std::string seal = gate.seal("A");
  EXPECT_EQ(gate.check(seal, "A"), Standing::too_soon) << "filled in by no hand";
  clock.now += 2000;
  EXPECT_EQ(gate.check(seal, "A"), Standing::good);
  EXPECT_EQ(gate.check(seal, "B"), Standing::stale);
  EXPECT_EQ(ReportGate(clock).check(seal, "A"), Standing::stale) << "another service's";
  std::string bent = seal;
  bent[0] = bent[0] == 'A' ? 'B' : 'A';
  EXPECT_EQ(gate.check(bent, "A"), Standing::stale);
  for (const char* none : {"", "x", "====", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(gate.check(none, "A"), Standing::stale) << none;
  }
  clock.now += ReportGate::latest_s * 1000;
  EXPECT_EQ(gate.check(seal, "A"), Standing::stale);
}

TEST_F(Gate, AFloodFromOneNetworkLocksNobodyElseOut) {
  std::size_t taken = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string address = "192.0.2." + std::to_string(i % 256);
    if (entered(address, "label " + std::to_string(i % 100)).empty()) ++taken;
  }
  EXPECT_EQ(taken, 60U);
  EXPECT_EQ(entered("192.0.2.9", "another"), "report.network");
  EXPECT_EQ(entered("192.0.3.9", "label 1"), "");
  EXPECT_EQ(entered("2001:db8::1", "label 1"), "");
}

TEST_F(Gate, OneNetworkCannotUseUpALabel) {
  for (int i = 0; i < 100; ++i) entered("192.0.2.1");
  EXPECT_EQ(entered("192.0.2.1"), "report.network");
  EXPECT_EQ(entered("198.51.100.1"), "");
  for (int i = 0; i < 100; ++i) entered("10.0." + std::to_string(i) + ".1");
  EXPECT_EQ(entered("203.0.113.1"), "report.label");
  EXPECT_EQ(entered("203.0.113.1", "B"), "") << "what is refused costs no share";
}

TEST_F(Gate, WhoeverHasNotReportedYetIsHeardWhenManyFlood) {
  for (int net = 0; net < 10; ++net) {
    for (int i = 0; i < 60; ++i) {
      entered("10.1." + std::to_string(net) + ".1", "l" + std::to_string(i));
    }
  }
  EXPECT_EQ(entered("10.1.0.1", "new"), "report.network");
  EXPECT_EQ(entered("10.1.9.1", "new"), "report.full");
  EXPECT_EQ(entered("203.0.113.1", "new"), "");
  clock.now += 86'400'000;
  EXPECT_EQ(entered("10.1.0.1", "new"), "") << "shares are of a day";
}

}  // namespace
}  // namespace nguon::server
