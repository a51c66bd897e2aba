#include "server/demo/demo.hpp"

#include "labels/link.hpp"
#include "ledger/audit/audit.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/demo/dice.hpp"
#include "server/demo/fixed_signature.hpp"
#include "server/demo/lan.hpp"
#include "server/demo/words.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace nguon::server {
namespace {

using testing::Contains;

struct Told {
  std::shared_ptr<SeasonClock> clock;
  std::unique_ptr<Deployment> deployment;
  std::vector<Sample> samples;
};

Told tell(const std::string& directory, std::uint64_t seed) {
  Demo demo = open_demo({directory}, seed).value();
  auto samples = tell_demo(demo, seed, {}).value();
  return {demo.clock, std::move(demo.deployment), std::move(samples)};
}

std::vector<std::string> entry_ids(ledger::Ledger& ledger) {
  std::vector<std::string> ids;
  for (std::uint64_t index = 0; index < ledger.head().size; ++index) {
    const std::string jws = ledger.leaf(index).value().jws;
    ids.push_back(ledger::entry_id(jws.substr(0, jws.rfind('.'))));
  }
  return ids;
}

// A demo takes long to tell under a sanitizer, so one is told for all who only look at it.
class ToldDemo : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::make_unique<tests::TempDir>();
    told_ = tell(*directory_ / "a", 7);
  }
  static void TearDownTestSuite() {
    told_ = {};
    directory_.reset();
  }
  static std::vector<DemoLabel> draw() {
    return draw_samples(told_.samples, told_.deployment->serials(), "https://tem.example",
                        *directory_ / "labels")
        .value();
  }

  static std::unique_ptr<tests::TempDir> directory_;
  static Told told_;
};
std::unique_ptr<tests::TempDir> ToldDemo::directory_;
Told ToldDemo::told_;

TEST_F(ToldDemo, SameSeedGivesTheSameEntriesInTheSameOrder) {
  const tests::TempDir directory;
  const Told second = tell(directory / "b", 7);
  const auto ids = entry_ids(told_.deployment->ledger());
  EXPECT_GT(ids.size(), 2'500U);
  EXPECT_EQ(ids, entry_ids(second.deployment->ledger()));
}

TEST_F(ToldDemo, ItsSeasonIsRecordedAsItHappenedAndNothingInItIsFlagged) {
  ledger::Ledger& ledger = told_.deployment->ledger();
  std::int64_t before = 0;
  for (std::uint64_t index = 0; index < ledger.head().size; ++index) {
    const ledger::Leaf leaf = ledger.leaf(index).value();
    const auto jws = ledger::parse_jws(leaf.jws, ledger::entry_typ).value();
    const auto iat =
        ledger::parse_json(jws.payload, {.max_depth = 16}).value().at("iat").as_int64();
    EXPECT_LE(before, leaf.recorded) << index;
    EXPECT_LE(std::abs(leaf.recorded / 1000 - iat), 300) << index;
    before = leaf.recorded;
  }
  EXPECT_LT(before, unix_seconds(day(2026, 10, 1), 0) * 1000);
  // The story is told: from here on it is the machine's time, unless that lies before the season.
  EXPECT_GE(told_.clock->now_ms(), std::max(before, ledger::SystemClock().now_ms() - 60'000));
  const auto store =
      ledger::open_rocks_store(Places{*directory_ / "a"}.database(), {.read_only = true}).value();
  const auto report = ledger::audit_store(*store, 0, std::nullopt);
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->flagged, 0U);
}

TEST(Demo, AnotherSeedIsAnotherDeployment) {
  const tests::TempDir directory;
  const auto first = open_demo({directory / "a"}, 7).value();
  const auto second = open_demo({directory / "b"}, 8).value();
  EXPECT_NE(first.deployment->ledger().deployment_id(),
            second.deployment->ledger().deployment_id());
}

TEST_F(ToldDemo, ToldAgainAfterARestartItAddsNothingAndNamesTheSameLabels) {
  const std::uint64_t size = told_.deployment->ledger().head().size;
  const auto before = draw();
  told_ = {};
  told_ = tell(*directory_ / "a", 7);
  EXPECT_EQ(told_.deployment->ledger().head().size, size);
  const auto after = draw();
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].url, before[i].url);
}

TEST(Demo, RefusesTheFolderOfAnotherSeed) {
  const tests::TempDir directory;
  ASSERT_TRUE(open_demo({directory / "a"}, 7));
  const auto other = open_demo({directory / "a"}, 8);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().rule, "demo.other");
}

TEST_F(ToldDemo, ShowsEveryKindOfAnswerAndOneGoodLabelPerChain) {
  const auto labels = draw();
  std::multiset<std::string> kinds;
  for (const auto& label : labels) {
    kinds.insert(label.what);
    EXPECT_TRUE(label.png.starts_with('/')) << label.png;
    EXPECT_TRUE(tests::read_file(label.png).starts_with("\x89PNG")) << label.png;
    EXPECT_TRUE(label.url.starts_with("https://TEM.EXAMPLE/")) << label.url;
  }
  for (const char* what :
       {"recalled", "void", "lapsed", "withdrawn", "other_product", "never_issued", "mistyped"}) {
    EXPECT_EQ(kinds.count(what), 1U) << what;
  }
  EXPECT_EQ(kinds.count("valid"), 4U);
}

TEST(Demo, TheMistypedCodeReadsAsMistypedAndTheUnissuedOneDoesNot) {
  const tests::TempDir directory;
  const auto demo = open_demo({directory / "a"}, 7).value();
  const auto labels =
      draw_samples({}, demo.deployment->serials(), "https://tem.example", directory / "labels")
          .value();
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<labels::SerialLink>(labels::read_url(labels[0].url)));
  const auto mistyped = labels::read_url(labels[1].url);
  ASSERT_TRUE(std::holds_alternative<labels::MalformedLink>(mistyped));
  EXPECT_EQ(std::get<labels::MalformedLink>(mistyped).reason, labels::Fault::mistyped);
}

TEST_F(ToldDemo, WhatItSignsIsMarkedAsSampleData) {
  for (const Sample& sample : told_.samples) {
    EXPECT_THAT(sample.coop, testing::HasSubstr("dữ liệu mẫu"));
    if (!sample.gtin.empty()) {
      EXPECT_TRUE(sample.gtin.starts_with("0952")) << sample.gtin;
      EXPECT_TRUE(labels::read_gtin(sample.gtin)) << sample.gtin;
    }
  }
}

TEST(SeasonClock, NeverStepsBack) {
  SeasonClock clock;
  clock.reach(2'000);
  EXPECT_EQ(clock.now_ms(), 2'000);
  clock.reach(1'000);
  EXPECT_EQ(clock.now_ms(), 2'000);
  const std::int64_t far = ledger::SystemClock().now_ms() + 86'400'000;
  clock.reach(far);
  clock.finish();
  EXPECT_EQ(clock.now_ms(), far);
}

TEST(FixedSignature, IsValidAndTheSameEveryTime) {
  const std::string seed(32, 's');
  const auto key = ledger::PrivateKey::from_seed(ledger::Alg::es256, seed);
  for (const char* payload : {"{}", R"({"a":1})", R"({"a":2})"}) {
    const std::string jws =
        with_fixed_signature(ledger::make_jws(key, ledger::enrolment_typ, payload), seed);
    EXPECT_EQ(jws,
              with_fixed_signature(ledger::make_jws(key, ledger::enrolment_typ, payload), seed));
    const auto parsed = ledger::parse_jws(jws, ledger::enrolment_typ);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(ledger::verify_jws(*parsed, key.public_key()));
  }
}

TEST(Dice, StreamsOfOneSeedDifferByNameOnly) {
  const auto draws = [](Dice dice) {
    std::vector<int> values;
    for (int i = 0; i < 50; ++i) values.push_back(dice.between(1, 1000));
    return values;
  };
  EXPECT_EQ(draws(Dice(1, "herd")), draws(Dice(1, "herd")));
  EXPECT_NE(draws(Dice(1, "herd")), draws(Dice(1, "coffee")));
  EXPECT_NE(draws(Dice(1, "herd")), draws(Dice(2, "herd")));
  for (const int value : draws(Dice(3, "herd"))) {
    EXPECT_GE(value, 1);
    EXPECT_LE(value, 1000);
  }
}

TEST(Day, IsWrittenAndTimedAsInVietnam) {
  EXPECT_EQ(iso(day(2026, 2, 9)), "2026-02-09");
  EXPECT_EQ(iso(day(2024, 2, 28) + days(2)), "2024-03-01");
  // 2026-02-09 00:30 in Hà Nội is the evening before in UTC.
  EXPECT_EQ(unix_seconds(day(2026, 2, 9), 0, 30), 1'770'571'800);
}

TEST(TerminalQr, EveryLineIsAsWideAsTheSymbolAndItsQuietZone) {
  const auto modules = labels::encode_qr("HTTP://192.168.1.20:1234/").value();
  const std::string text = terminal_qr(modules);
  const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  EXPECT_EQ(lines, (modules.size + 2 * labels::quiet_zone + 1) / 2);
  EXPECT_TRUE(text.starts_with("\033[30;107m    "));
}

}  // namespace
}  // namespace nguon::server
