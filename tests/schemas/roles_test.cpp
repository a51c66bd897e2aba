#include "schemas/roles.hpp"

#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace nguon::schemas {
namespace {

const RoleTable& roles() { return Bundle::built_in().roles(); }

TEST(Roles, AMemberHarvestsForTheOwnOrganisation) {
  EXPECT_EQ(roles().relation("batch.harvest", "member"), Relation::own_org);
  EXPECT_EQ(roles().relation("batch.correct", "member"), Relation::creator);
  EXPECT_FALSE(roles().relation("batch.pack", "member"));
}

TEST(Roles, OnlyTheRootBeginsALog) {
  for (const std::string& role : roles().roles()) {
    EXPECT_EQ(roles().relation("genesis", role).has_value(), role == "operator") << role;
  }
  EXPECT_EQ(roles().relation("genesis", "operator"), Relation::root);
}

TEST(Roles, OnlyTheServiceGrantsRangesAndOnlyCouncilsAndOfficesGiveStars) {
  for (const std::string& role : roles().roles()) {
    EXPECT_EQ(roles().relation("label.range", role).has_value(), role == "service") << role;
  }
  EXPECT_EQ(roles().relation("ocop.decision", "council_chair"), Relation::any);
  EXPECT_FALSE(roles().relation("ocop.decision", "director"));
}

TEST(Roles, ARecallComesFromTheHolderOrAnAuthority) {
  EXPECT_EQ(roles().relation("batch.recall", "director"), Relation::holder_org);
  EXPECT_EQ(roles().relation("batch.recall", "authority"), Relation::any);
  EXPECT_FALSE(roles().relation("batch.recall", "packer"));
}

TEST(Roles, NobodyGivesARoleAboveTheOwn) {
  EXPECT_TRUE(roles().may_grant("clerk", "member"));
  EXPECT_FALSE(roles().may_grant("clerk", "clerk"));
  EXPECT_FALSE(roles().may_grant("clerk", "director"));
  EXPECT_FALSE(roles().may_grant("director", "registrar"));
  EXPECT_FALSE(roles().may_grant("registrar", "operator"));
  EXPECT_FALSE(roles().may_grant("member", "member"));
}

TEST(Roles, ARoleWithoutASeatSitsAnywhereAndABundleWithoutSeatsHasNone) {
  EXPECT_TRUE(roles().may_sit("clerk", "household", false));
  EXPECT_FALSE(roles().may_sit("authority", "cooperative", false));
  EXPECT_FALSE(roles().may_sit("registrar", "alliance", false));
  EXPECT_TRUE(roles().may_sit("registrar", "alliance", true));
  EXPECT_TRUE(roles().delegable("batch.harvest"));
  EXPECT_FALSE(roles().delegable("key.add"));
  const auto old = RoleTable::parse(boost::json::parse(R"({"roles":{},"rows":{},"grants":{}})"));
  ASSERT_TRUE(old);
  EXPECT_TRUE(old->may_sit("authority", "cooperative", false));
  EXPECT_FALSE(old->delegable("batch.harvest"));
}

TEST(Roles, BrokenSeatsAndDelegablesAreRefused) {
  for (const char* text :
       {R"({"roles":{},"rows":{},"grants":{},"seats":[]})",
        R"({"roles":{},"rows":{},"grants":{},"seats":{"king":["union"]}})",
        R"({"roles":{"clerk":{}},"rows":{},"grants":{},"seats":{"clerk":"union"}})",
        R"({"roles":{"clerk":{}},"rows":{},"grants":{},"seats":{"clerk":[7]}})",
        R"({"roles":{},"rows":{},"grants":{},"delegable":{}})"}) {
    const auto table = RoleTable::parse(boost::json::parse(text));
    ASSERT_FALSE(table) << text;
    EXPECT_EQ(table.error().rule, "bundle.roles");
  }
}

TEST(Roles, UnknownTypesAndRolesHaveNoRow) {
  EXPECT_FALSE(roles().relation("batch.harvest/1", "member"));
  EXPECT_FALSE(roles().relation("batch.harvest", "king"));
  EXPECT_FALSE(roles().may_grant("king", "member"));
}

}  // namespace
}  // namespace nguon::schemas
