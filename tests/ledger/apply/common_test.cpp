#include "ledger/base/base64url.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string harvest_data(const World& world) {
  return "{'product':'" + world.product + "','site':'" + world.site +
         "','on':'2026-10-05','qty':{'amount':'10','unit':'kg'}}";
}

Entry harvest(World& world) {
  return world.entry(world.member, "batch.harvest/1", "batch", harvest_data(world));
}

TEST(Apply, GenesisIsRefusedAnywhereButAtIndexZero) {
  World world;
  auto genesis = world.log.front();
  EXPECT_THAT(world.submit(genesis), Refused("genesis.index"));
}

TEST(Apply, NothingButGenesisMayStandAtIndexZero) {
  World world;
  world.index = 0;
  EXPECT_THAT(world.submit(harvest(world)), Refused("genesis.index"));
}

TEST(Apply, GenesisMustBeSignedByTheRootKeyItCarries) {
  World world;
  World fresh;
  fresh.state.values.clear();
  fresh.index = 0;
  auto genesis = world.log.front();
  genesis.kid = world.service.key->kid();
  EXPECT_THAT(fresh.submit(genesis), Refused("subject.id"));
  genesis = world.log.front();
  genesis.data["root"] = genesis.data["recovery"].as_array()[0];
  EXPECT_THAT(fresh.submit(genesis), Refused("genesis.root"));
}

TEST(Apply, EntryOfAnotherDeploymentIsRefused) {
  World world;
  auto entry = harvest(world);
  entry.aud = entry.id;
  EXPECT_THAT(world.submit(entry), Refused("entry.aud"));
}

TEST(Apply, UnknownKeyIsAskedToComeAgain) {
  World world;
  auto entry = harvest(world);
  entry.kid = entry.id;
  EXPECT_THAT(world.submit(entry), NotYet("key.unknown"));
}

TEST(Apply, KeyUsedWithAnotherAlgorithmIsRefused) {
  World world;
  auto entry = harvest(world);
  entry.alg = Alg::es256;
  EXPECT_THAT(world.submit(entry), Refused("key.alg"));
}

TEST(Apply, LogKeySignsNoEntry) {
  World world;
  const auto deployment = world.record<DeploymentRecord>(state_key::deployment());
  auto entry = harvest(world);
  entry.kid = deployment.log_kid;
  entry.sub = world.entry(world.member, "batch.harvest/1", "batch", "{}").sub;
  EXPECT_THAT(world.submit(entry), Refused("subject.id"));
}

TEST(Apply, TypeUnknownToTheBundleIsRefused) {
  World world;
  EXPECT_THAT(world.try_add(world.member, "batch.harvest/7", "batch", harvest_data(world)),
              Refused("entry.type"));
}

TEST(Apply, SubjectIdOfSomebodyElseCannotBeTaken) {
  World world;
  auto entry = harvest(world);
  entry.jti += "x";
  EXPECT_THAT(world.submit(entry), Refused("subject.id"));
}

TEST(Apply, SubjectOfAKindTheTypeIsNotAboutIsRefused) {
  World world;
  EXPECT_THAT(world.try_add(world.member, "batch.harvest/1", "site", harvest_data(world)),
              Refused("subject.kind"));
}

TEST(Apply, EntryForASubjectNobodyStartedIsAskedToComeAgain) {
  World world;
  const std::string nobody = "site:00000000000000000000000000";
  EXPECT_THAT(
      world.try_add(world.clerk, "site.retire/1", nobody, "{'on':'2026-10-05','reason':'sold'}"),
      NotYet("subject.unknown"));
}

TEST(Apply, StrictTypeWithAnOldPrevIsStaleAndNamesTheHead) {
  World world;
  auto entry =
      world.entry(world.clerk, "site.retire/1", world.site, "{'on':'2026-10-05','reason':'sold'}");
  entry.prev = entry.id;
  EXPECT_THAT(world.submit(entry), Stale(world.head(world.site)));
  entry.prev.reset();
  EXPECT_THAT(world.submit(entry), Stale(world.head(world.site)));
}

TEST(Apply, AppendTypeWithAnOldPrevIsAcceptedAndFlagged) {
  World world;
  const auto lot = world.receive("10 kg");
  const auto first = world.head(lot);
  world.receive("10 kg", lot);
  auto entry = world.entry(world.clerk, "batch.receive/1", lot, harvest_data(world));
  entry.prev = first;
  EXPECT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.prev-stale"));
  entry = world.entry(world.clerk, "batch.receive/1", lot, harvest_data(world));
  entry.prev = entry.id;
  EXPECT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.prev-unknown"));
}

TEST(Apply, InputNobodyStartedIsAskedToComeAgainAndUnknownHeadOnlyFlagged) {
  World world;
  const auto batch = world.harvest("10 kg");
  auto entry =
      world.entry(world.packer, "batch.transform/1", "batch",
                  "{'product':'" + world.product +
                      "','step':'sort','on':'2026-10-06','qty':{'amount':'9','unit':'kg'}}");
  entry.from = {world.input(batch, "10 kg")};
  entry.from[0].sub = "batch:00000000000000000000000000";
  EXPECT_THAT(world.submit(entry), NotYet("subject.unknown"));
  entry.from[0].sub = batch;
  entry.from[0].head = entry.id;
  EXPECT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.from-head-unknown"));
}

TEST(Apply, DeviceClockAYearWrongIsAcceptedAndFlagged) {
  World world;
  auto entry = harvest(world);
  entry.iat -= 365 * 86'400;
  EXPECT_THAT(world.submit(entry), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.clock-skew"));
}

TEST(Apply, EntryOnBehalfOfAPersonOfAnotherOrganisationIsRefused) {
  World world;
  auto entry = world.entry(world.clerk, "batch.harvest/1", "batch", harvest_data(world));
  entry.on_behalf_of = world.member.person;
  EXPECT_THAT(world.submit(entry), Accepted());
  entry = world.entry(world.clerk, "batch.harvest/1", "batch", harvest_data(world));
  entry.on_behalf_of = world.registrar.person;
  EXPECT_THAT(world.submit(entry), Refused("for.org"));
}

TEST(Apply, SuspendedOrganisationKeepsItsFieldFactsAndLosesTheRest) {
  World world;
  world.add(world.registrar, "org.suspend/1", world.coop, "{'on':'2026-10-01','reason':'dormant'}");
  EXPECT_THAT(world.submit(harvest(world)), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.org-suspended"));
  EXPECT_THAT(world.try_add(world.clerk, "site.retire/1", world.site,
                            "{'on':'2026-10-05','reason':'sold'}"),
              Refused("org.suspended"));
  world.add(world.registrar, "org.activate/1", world.coop, "{'on':'2026-10-02'}");
  EXPECT_THAT(world.submit(harvest(world)), Accepted());
  EXPECT_THAT(world.flags, IsEmpty());
}

TEST(Apply, SubjectHeadIsTheRfc6962RootOverItsEntryIds) {
  World world;
  const auto lot = world.receive("1 kg");
  std::vector<Hash> leaves{leaf_hash(base64url_decode(world.head(lot)).value())};
  for (int i = 0; i < 4; ++i) {
    world.receive("1 kg", lot);
    leaves.push_back(leaf_hash(base64url_decode(world.head(lot)).value()));
  }
  const auto head = world.record<HeadRecord>(state_key::head(lot));
  const auto range = CompactRange::parse(base64url_decode(head.range).value());
  ASSERT_TRUE(range);
  EXPECT_EQ(head.count, 5);
  EXPECT_EQ(range->root(), merkle_root(leaves));
}

TEST(Apply, FailingStorageIsAnErrorAndNeverARefusal) {
  World world;
  const auto entry = harvest(world);
  world.state.broken = true;
  const auto verdict = apply(world.index, 0, entry, world.state, {1, &schemas::Bundle::built_in()});
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().code, Errc::unavailable);
}

TEST(Apply, ChangesComeInKeyOrderEachKeyOnce) {
  World world;
  const auto verdict = world.submit(harvest(world));
  for (std::size_t i = 1; i < verdict.changes.size(); ++i) {
    EXPECT_LT(verdict.changes[i - 1].key, verdict.changes[i].key);
  }
}

}  // namespace
}  // namespace nguon::ledger
