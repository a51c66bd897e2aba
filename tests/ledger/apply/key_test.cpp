#include "ledger/entry/jws.hpp"
#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger {
namespace {

TEST(ApplyKey, GrantsFollowTheTableDownwards) {
  World world;
  Actor someone = world.enrol(world.clerk, world.coop, {"member", "packer"});
  EXPECT_EQ(world.record<KeyRecord>(state_key::key(someone.key->kid())).roles,
            (std::vector<std::string>{"member", "packer"}));
}

class NewKey : public testing::Test {
 protected:
  Actor newcomer(char seed, const std::string& org) {
    return {std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::es256, std::string(32, seed))),
            {},
            org};
  }
  World world;
};

TEST_F(NewKey, ClerkCannotMakeADirector) {
  const auto entry = world.enrolment(world.clerk, newcomer('a', world.coop), {"director"});
  EXPECT_THAT(world.submit(entry), Refused("role.grant"));
}

TEST_F(NewKey, DirectorCannotEnrolForAnotherOrganisation) {
  const auto other = world.org("HTX khac");
  const auto fresh = world.enrolment(world.director, newcomer('a', other), {"member"});
  EXPECT_THAT(world.submit(fresh), Refused("role.relation"));
  const auto own =
      world.enrolment(world.director, newcomer('b', other), {"member"}, world.member.person);
  EXPECT_THAT(world.submit(own), Refused("role.grant"));
}

TEST_F(NewKey, MemberEnrolsNobody) {
  const auto entry = world.enrolment(world.member, newcomer('a', world.coop), {"member"});
  EXPECT_THAT(world.submit(entry), Refused("role.none"));
}

TEST_F(NewKey, KidIsBoundOnceForEver) {
  const auto phone = newcomer('a', world.coop);
  EXPECT_THAT(world.submit(world.enrolment(world.clerk, phone, {"member"})), Accepted());
  EXPECT_THAT(world.submit(world.enrolment(world.clerk, phone, {"member"})), Refused("key.bound"));
}

TEST_F(NewKey, KidStaysBoundAfterItsRevocation) {
  auto phone = newcomer('a', world.coop);
  const auto entry = world.enrolment(world.clerk, phone, {"member"});
  EXPECT_THAT(world.submit(entry), Accepted());
  phone.person = entry.sub;
  world.revoke(phone);
  EXPECT_THAT(world.submit(world.enrolment(world.clerk, phone, {"member"})), Refused("key.bound"));
}

TEST_F(NewKey, ProofForAnotherPersonOrByAnotherKeyIsRefused) {
  const auto phone = newcomer('a', world.coop);
  auto entry = world.enrolment(world.clerk, phone, {"member"});
  auto other = world.enrolment(world.clerk, phone, {"member"});
  entry.data["proof"] = other.data["proof"];
  EXPECT_THAT(world.submit(entry), Refused("key.proof"));

  entry = world.enrolment(world.clerk, phone, {"member"});
  entry.data["jwk"] =
      world.enrolment(world.clerk, newcomer('b', world.coop), {"member"}).data["jwk"];
  EXPECT_THAT(world.submit(entry), Refused("key.proof"));
}

TEST_F(NewKey, ProofOfAnotherTypIsRefused) {
  const auto phone = newcomer('a', world.coop);
  auto entry = world.enrolment(world.clerk, phone, {"member"});
  entry.data["proof"] = make_jws(*phone.key, entry_typ,
                                 "{\"aud\":\"" + world.aud + "\",\"person\":\"" + entry.sub +
                                     "\",\"org\":\"" + world.coop + "\",\"code\":\"1\"}");
  EXPECT_THAT(world.submit(entry), Refused("key.proof"));
}

TEST_F(NewKey, UnknownOrganisationIsAskedToComeAgain) {
  const auto entry = world.enrolment(world.registrar,
                                     newcomer('a', "org:00000000000000000000000000"), {"director"});
  EXPECT_THAT(world.submit(entry), NotYet("subject.unknown"));
}

TEST_F(NewKey, ClerkCannotEndTheDirectorsKeyButEndsAMembers) {
  const auto revoke = [&](const Actor& whose, const Actor& by) {
    return world.try_add(by, "key.revoke/1", whose.person,
                         "{'kid':'" + whose.key->kid() + "','reason':'lost'}");
  };
  EXPECT_THAT(revoke(world.director, world.clerk), Refused("role.grant"));
  EXPECT_THAT(revoke(world.packer, world.clerk), Accepted());
  EXPECT_THAT(revoke(world.packer, world.clerk), Refused("key.revoked-already"));
  EXPECT_THAT(revoke(world.member, world.member), Accepted());
}

TEST_F(NewKey, KeyOfAnotherPersonCannotBeNamed) {
  EXPECT_THAT(world.try_add(world.clerk, "key.revoke/1", world.packer.person,
                            "{'kid':'" + world.member.key->kid() + "','reason':'lost'}"),
              Refused("key.not-theirs"));
}

TEST_F(NewKey, RevokedKeyIsHeldAndCannotAdopt) {
  world.revoke(world.member);
  const auto data = "{'product':'" + world.product + "','site':'" + world.site +
                    "','on':'2026-10-05','qty':{'amount':'10','unit':'kg'}}";
  const auto verdict = world.try_add(world.member, "batch.harvest/1", "batch", data);
  EXPECT_EQ(verdict.kind, Verdict::Kind::hold);
  EXPECT_EQ(verdict.rule, "key.revoked");
  EXPECT_THAT(world.try_add(world.member, "entry.adopt/1", "batch", "{'entry':'a.b.c'}"),
              Refused("adopt.revoked"));
}

}  // namespace
}  // namespace nguon::ledger
