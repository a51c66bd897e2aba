#include "tests/ledger/apply/plain_table.hpp"
#include "tests/ledger/apply/town.hpp"

// ledger/AUTHORITY.md: the tables of organisations that stopped and of keys that ended or do not
// speak for the organisation by themselves.
namespace nguon::ledger {
namespace {

constexpr const char* standing_tables = NGUON_AUTHORITY;

// 2026-12-31, its first and its last second in Vietnam.
constexpr std::int64_t last_day_begins = 1'798'650'000'000;
constexpr std::int64_t last_day_ends = last_day_begins + 86'399'000;

class Standing : public testing::Test {
 protected:
  std::string delegate(const std::string& to, const std::string& roles = "'clerk','packer'") {
    return town.world.add(town.world.director, "org.delegate/1", town.world.coop,
                          "{'to':'" + to + "','roles':[" + roles + "],'until':'2026-12-31'}");
  }

  std::string asked(const Actor& who, const std::string& type, const std::string& acting_for = {}) {
    if (type == "entry.adopt") return Town::told(town.adopts(who, maker, acting_for));
    if (type == "key.add") return Town::told(town.enrols(who, acting_for));
    return Town::told(town.tries(who, type, town.meant(type), acting_for));
  }

  Town town;
  Actor maker = town.late_member;
};

TEST_F(Standing, AnOrganisationThatStoppedMayStillSayWhatTheTableSays) {
  auto& world = town.world;
  delegate(town.above);
  const std::map<std::string, Actor> people{{"member", world.member},
                                            {"director", world.director},
                                            {"packer", world.packer},
                                            {"clerk", world.clerk},
                                            {"registrar", world.registrar},
                                            {"service", world.service},
                                            {"delegate", town.somebody(town.above, "clerk")}};
  const auto rows = plain_table(standing_tables, "| by | type | active");
  ASSERT_EQ(rows.size(), 28U);
  const auto check = [&](const std::string& state) {
    for (const auto& row : rows) {
      const auto& type = row.cells.at("type");
      EXPECT_EQ(asked(people.at(row.name), type, row.name == "delegate" ? world.coop : ""),
                row.cells.at(state))
          << row.name << " " << type << " " << state;
    }
  };
  check("active");
  world.add(world.registrar, "org.suspend/1", world.coop, town.meant("org.suspend").data);
  check("suspended");
  world.add(world.registrar, "org.dissolve/1", world.coop, town.meant("org.dissolve").data);
  check("dissolved");
}

TEST_F(Standing, WhoeverRunsTheLogIsNeitherSuspendedNorDissolved) {
  auto& world = town.world;
  for (const char* type : {"org.suspend", "org.dissolve"}) {
    const Meant own{world.operator_org, town.meant(type).data, {}};
    EXPECT_THAT(town.tries(world.registrar, type, own), Refused("org.operator")) << type;
  }
}

TEST_F(Standing, AKeySpeaksAsLongAsTheTableSays) {
  auto& world = town.world;
  delegate(town.above);
  const auto away = town.somebody(town.above, "clerk");
  const auto stranger = town.somebody(town.stranger, "clerk");
  const auto rows = plain_table(standing_tables, "| key | batch.harvest");
  ASSERT_EQ(rows.size(), 8U);
  const auto check = [&](const std::string& name, const Actor& who, const std::string& whom) {
    for (const auto& row : rows) {
      if (row.name != name) continue;
      for (const auto& [type, want] : row.cells) {
        EXPECT_EQ(asked(who, type, whom), want) << name << " " << type;
      }
      return;
    }
    ADD_FAILURE() << "no row " << name;
  };
  check("live", world.clerk, "");
  check("revoked", town.former_key(world.clerk, "clerk"), "");
  Actor unborn{
      std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, std::string(32, 'u'))),
      {},
      world.coop};
  check("enrolled later in the log", unborn, "");
  check("delegated, to another organisation", stranger, world.coop);
  world.recorded = last_day_ends;
  check("delegated, its last day", away, world.coop);
  world.recorded = last_day_ends + 1000;
  check("delegated, the day after", away, world.coop);
  world.recorded = last_day_begins;
  delegate(town.above, "'packer'");
  check("delegated, as packer only", away, world.coop);
  world.add(world.director, "org.undelegate/1", world.coop, town.meant("org.undelegate").data);
  check("delegated, taken back", away, world.coop);
}

TEST_F(Standing, WhatADelegateMakesIsTheOrganisationsOwnAndHisPersonsWork) {
  auto& world = town.world;
  delegate(town.above);
  const auto away = town.somebody(town.above, "clerk");
  auto entry = world.entry(away, "batch.harvest/1", "batch", town.meant("batch.harvest").data);
  entry.on_behalf_of = world.coop;
  ASSERT_THAT(world.submit(entry), Accepted());
  EXPECT_EQ(world.of<BatchRecord>(entry.sub).holder, world.coop);
  const auto head = world.record<HeadRecord>(state_key::head(entry.sub));
  EXPECT_EQ(head.org, world.coop);
  EXPECT_EQ(head.person, away.person);
  EXPECT_EQ(asked(away, "site.add"), "role.relation") << "without saying for whom";
}

TEST_F(Standing, TheOfficeBringsInWhatADelegateMadeBeforeItsKeyEnded) {
  maker = town.former_key(town.somebody(town.above, "clerk"), "clerk");
  EXPECT_EQ(asked(town.world.clerk, "entry.adopt", town.world.coop), "yes");
  EXPECT_EQ(asked(town.somebody(town.stranger, "clerk"), "entry.adopt", town.world.coop),
            "delegation.none");
}

TEST_F(Standing, AnOfficeCannotMakeItselfMoreThanItWasAdmittedAs) {
  auto& world = town.world;
  const auto update = [&](const std::string& rest) {
    return Town::told(town.tries(world.director, "org.update",
                                 {world.coop, "{'name':'Ten moi'," + rest + "}", {}}));
  };
  const auto parent = ",'parent':'" + town.above + "'";
  EXPECT_EQ(update("'kind':'cooperative'" + parent), "yes");
  EXPECT_EQ(update("'kind':'group'" + parent), "org.admitted");
  EXPECT_EQ(update("'kind':'cooperative'"), "org.admitted");
  EXPECT_EQ(update("'kind':'cooperative','registration':{'code':'1','issuer':'Mau'}" + parent),
            "org.admitted");
}

TEST_F(Standing, OneStandsUnderTheRightKindOnly) {
  auto& world = town.world;
  const auto create = [&](const std::string& kind, const std::string& parent) {
    return Town::told(
        town.tries(world.registrar, "org.create",
                   {"org", "{'name':'Moi','kind':'" + kind + "','parent':'" + parent + "'}", {}}));
  };
  EXPECT_EQ(create("household", world.coop), "yes");
  EXPECT_EQ(create("group", town.above), "yes");
  EXPECT_EQ(create("union", world.operator_org), "yes");
  EXPECT_EQ(create("cooperative", town.sibling), "org.parent");
  EXPECT_EQ(create("union", world.coop), "org.parent");
  EXPECT_EQ(create("alliance", town.above), "org.parent");
  EXPECT_EQ(create("authority", world.coop), "org.parent");
}

TEST_F(Standing, OnesOwnNoIsNotUndoneByTheOffice) {
  auto& world = town.world;
  const auto say = [&](const Actor& who, const char* given) {
    return Town::told(world.try_add(
        who, "member.consent/1", world.member.person,
        "{'org':'" + world.coop + "','purpose':'name_on_page','given':" + given + "}"));
  };
  EXPECT_EQ(say(world.clerk, "true"), "yes");
  EXPECT_EQ(say(world.clerk, "false"), "yes");
  EXPECT_EQ(say(world.clerk, "true"), "yes");
  EXPECT_EQ(say(world.member, "false"), "yes");
  EXPECT_EQ(say(world.clerk, "true"), "consent.own-word");
  EXPECT_EQ(say(world.clerk, "false"), "yes") << "to say no again is anybody's who may note it";
  EXPECT_EQ(say(world.clerk, "true"), "consent.own-word") << "whoever said no last";
  EXPECT_EQ(say(world.member, "true"), "yes");
}

TEST_F(Standing, AMembershipOrConsentInAnotherOrganisationIsNotThisOfficesToChange) {
  auto& world = town.world;
  const auto& person = world.member.person;
  const auto in = [&](const std::string& rest) { return "{'org':'" + town.sibling + "'," + rest; };
  const auto consent = in("'purpose':'name_on_page','given':true}");
  EXPECT_EQ(Town::told(town.tries(world.clerk, "member.consent", {person, consent, {}})),
            "role.relation");
  EXPECT_EQ(Town::told(town.tries(world.member, "member.consent", {person, consent, {}})), "yes");
  EXPECT_EQ(
      Town::told(town.tries(world.clerk, "member.update", {person, in("'kind':'linked'}"), {}})),
      "role.relation");
}

TEST_F(Standing, WhoSignedAValueMayHaveItErased) {
  auto& world = town.world;
  const auto batch = world.harvest("5 kg");
  const Meant note{
      batch,
      "{'scope':'value','entry':'" + world.head(batch) + "','slot':'/note','reason':'request'}",
      {}};
  EXPECT_EQ(Town::told(town.tries(world.member, "erase", note)), "yes");
  EXPECT_EQ(Town::told(town.tries(world.packer, "erase", note)), "role.relation");
}

}  // namespace
}  // namespace nguon::ledger
