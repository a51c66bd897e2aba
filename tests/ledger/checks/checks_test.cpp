#include "ledger/checks/checks.hpp"

#include "ledger/keys/sha256.hpp"
#include "tests/ledger/trace/world_source.hpp"

namespace nguon::ledger::checks {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

class Checks : public testing::Test {
 protected:
  std::vector<Finding> run() {
    checker = std::make_unique<Checker>(source, schemas::Bundle::built_in(), root_at);
    EXPECT_TRUE(checker->catch_up(world.index));
    EXPECT_EQ(checker->size(), world.index);
    return checker->findings();
  }
  static testing::Matcher<const Finding&> found(const std::string& check, Verdict verdict,
                                                const std::string& sub) {
    return AllOf(Field("check", &Finding::check, check),
                 Field("verdict", &Finding::verdict, verdict), Field("sub", &Finding::sub, sub));
  }
  World world;
  trace::WorldSource source{world};
  Hash root = sha256("root");
  RootAt root_at = [this](std::uint64_t size) -> Result<std::optional<Hash>> {
    return size == 5 ? std::optional<Hash>(root) : std::nullopt;
  };
  std::unique_ptr<Checker> checker;
};

TEST_F(Checks, SortingWithinTheChainsYieldBalances) {
  const auto picked = world.harvest("100 kg");
  const auto made = world.transform(picked, "100 kg", "90 kg");
  EXPECT_THAT(run(), ElementsAre(found("check.balance", Verdict::fine, made)));
}

TEST_F(Checks, MoreOutThanTheChainCanGiveIsImpossibleAndLessIsDoubtful) {
  const auto picked = world.harvest("300 kg");
  const auto more = world.transform(picked, "100 kg", "103 kg");
  const auto less = world.transform(picked, "100 kg", "49 kg");
  const auto edge = world.transform(picked, "100 kg", "102 kg");
  EXPECT_THAT(run(), ElementsAre(found("check.balance", Verdict::impossible, more),
                                 found("check.balance", Verdict::doubtful, less),
                                 found("check.balance", Verdict::fine, edge)));
}

TEST_F(Checks, PackingLosesNoMoreThanTheTolerance) {
  const auto picked = world.harvest("100 kg");
  auto entry = world.entry(world.packer, "batch.pack/1", "batch",
                           "{'product':'" + world.product +
                               "','on':'2026-10-07','lot':'A','qty':{'amount':'97','unit':'kg'},"
                               "'pack':{'amount':'1','unit':'kg'},'count':97}");
  entry.from = {world.input(picked, "100 kg")};
  ASSERT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(run(), ElementsAre(found("check.balance", Verdict::doubtful, entry.sub)));
}

TEST_F(Checks, WhatWasNotWeighedOnBothSidesHasNoVerdict) {
  const auto picked = world.harvest("100 kg");
  auto entry = world.entry(world.packer, "batch.pack/1", "batch",
                           "{'product':'" + world.product +
                               "','on':'2026-10-07','lot':'A','qty':{'amount':'9','unit':'piece'},"
                               "'pack':{'amount':'1','unit':'piece'},'count':9}");
  entry.from = {world.input(picked, "100 kg")};
  ASSERT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(run(), ElementsAre(found("check.balance", Verdict::no_data, entry.sub)));
}

TEST_F(Checks, OverdrawnInputIsNamed) {
  const auto picked = world.harvest("100 kg");
  world.transform(picked, "150 kg", "120 kg");
  EXPECT_THAT(run(), Contains(found("check.overdraw", Verdict::doubtful, picked)));
}

TEST_F(Checks, CorrectionHealsTheBalanceWhenTheChecksRunAgain) {
  const auto picked = world.harvest("100 kg");
  const auto made = world.transform(picked, "100 kg", "900 kg");
  EXPECT_THAT(run(), Contains(found("check.balance", Verdict::impossible, made)));
  world.add(world.clerk, "batch.correct/1", made,
            "{'target':'" + world.head(made) + "','pointer':'/qty','value':" + World::qty("90 kg") +
                ",'reason':'typing'}");
  EXPECT_THAT(run(), Contains(found("check.balance", Verdict::fine, made)));
}

TEST_F(Checks, PlotThatYieldsMoreThanLandCanBearIsFound) {
  // 1.5 ha of passion fruit: above 52.5 t look, above 105 t impossible.
  world.harvest("50 tan");
  EXPECT_THAT(run(), IsEmpty());
  world.harvest("5 tan");
  EXPECT_THAT(run(), ElementsAre(found("check.yield", Verdict::doubtful, world.site)));
  world.harvest("60 tan");
  EXPECT_THAT(run(), Contains(found("check.yield", Verdict::impossible, world.site)));
}

TEST_F(Checks, PickingEnteredTwiceIsFound) {
  world.harvest("12.5 kg");
  const auto again = world.harvest("12.5 kg");
  EXPECT_THAT(run(), ElementsAre(found("check.twice", Verdict::doubtful, again)));
}

TEST_F(Checks, SeenTreeThatWasNeverOursIsKeptAsEvidence) {
  const auto say = [&](const std::string& origin, std::uint64_t size, const Hash& seen_root) {
    auto entry = world.entry(world.member, "batch.harvest/1", "batch",
                             "{'product':'" + world.product + "','site':'" + world.site +
                                 "','on':'2026-10-05','qty':{'amount':'" +
                                 std::to_string(world.index) + "','unit':'kg'}}");
    entry.seen = Seen{origin, size, seen_root};
    EXPECT_THAT(world.submit(entry), Accepted());
    return world.index - 1;
  };
  say("log.example/log/0", 5, root);
  const auto forged = say("log.example/log/0", 5, sha256("other"));
  const auto ahead = say("log.example/log/0", 999, root);
  say("other.example/log/0", 5, root);
  const auto findings = run();
  EXPECT_EQ(findings.size(), 3U);
  EXPECT_THAT(checker->split_view_evidence(), ElementsAre(forged, ahead));
}

TEST_F(Checks, CatchingUpInStepsFindsTheSameAsAtOnce) {
  const auto picked = world.harvest("100 kg");
  world.transform(picked, "100 kg", "103 kg");
  world.harvest("12.5 kg");
  world.harvest("12.5 kg");
  const auto at_once = run();
  Checker stepwise(source, schemas::Bundle::built_in(), root_at);
  for (std::uint64_t size = 0; size <= world.index; ++size) {
    ASSERT_TRUE(stepwise.catch_up(size));
  }
  EXPECT_EQ(stepwise.findings(), at_once);
}

}  // namespace
}  // namespace nguon::ledger::checks
