#include "ledger/entry/claims.hpp"
#include "ledger/entry/subject.hpp"
#include "tests/ledger/apply/compose.hpp"
#include "tests/ledger/apply/old_rules.hpp"
#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger {
namespace {

class Adoption : public testing::Test {
 protected:
  /// A harvest by the member, really signed.
  Entry held(const std::string& amount = "10 kg") {
    auto entry = world.entry(world.member, "batch.harvest/1", "batch",
                             "{'product':'" + world.product + "','site':'" + world.site +
                                 "','on':'2026-10-05','qty':" + World::qty(amount) + "}");
    return signed_by_member(std::move(entry), "batch");
  }
  /// Signed by the member; with a kind it starts a subject, without one it keeps its own.
  Entry signed_by_member(Entry entry, const std::string& kind = {}) {
    entry.jti = make_uuid7(1'790'000'000'000 + ++made, "0123456789");
    if (!kind.empty()) entry.sub = subject_id(kind, entry.aud, entry.kid, entry.jti);
    entry.jws = compose(entry, *world.member.key);
    const auto jws = parse_jws(entry.jws, entry_typ);
    return parse_claims(entry.jws, *jws)->entry;
  }
  Entry adopt(const Actor& who, const Entry& inner) {
    auto outer = world.entry(who, "entry.adopt/1", inner.sub, "{}");
    outer.from = inner.from;
    outer.data["entry"] = inner.jws;
    return outer;
  }
  World world;
  int made = 0;
};

TEST_F(Adoption, ClerkBringsInWhatARevokedKeySignedAndTheMakerStaysTheMaker) {
  const auto inner = held();
  world.revoke(world.member);
  EXPECT_EQ(world.submit(inner).kind, Verdict::Kind::hold);
  const auto outer = adopt(world.clerk, inner);
  ASSERT_THAT(world.submit(outer), Accepted());
  EXPECT_EQ(schemas::print(world.of<BatchRecord>(inner.sub).credited), "10");
  const auto head = world.record<HeadRecord>(state_key::head(inner.sub));
  EXPECT_EQ(head.head, outer.id);
  EXPECT_EQ(head.person, world.member.person);
  EXPECT_EQ(head.kid, world.member.key->kid());
  for (const auto& id : {inner.id, outer.id}) {
    const auto known = world.record<EntryRecord>(state_key::entry(id));
    EXPECT_EQ(known.type, "batch.harvest/1");
    EXPECT_EQ(known.person, world.member.person);
  }
}

TEST_F(Adoption, MembersNewKeyAdoptsTheMembersOwn) {
  const auto inner = held();
  world.revoke(world.member);
  Actor phone{std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, std::string(32, 'n'))),
              {},
              world.coop};
  const auto enrolment = world.enrolment(world.clerk, phone, {"member"}, world.member.person);
  ASSERT_THAT(world.submit(enrolment), Accepted());
  EXPECT_THAT(world.submit(adopt(phone, inner)), Accepted());
}

// Else one person were both of the two that more labels need.
TEST_F(Adoption, ADirectorApprovesLabelsByTheOwnSignatureAlone) {
  const auto batch = world.harvest("10 kg");
  const auto inner =
      signed_by_member(world.entry(world.member, "label.request/1", "request",
                                   "{'batch':'" + batch + "','extra':3,'reason':'misprints'}"),
                       "request");
  world.revoke(world.member);
  const auto outer = adopt(world.director, inner);
  EXPECT_THAT(world.submit(outer), Refused("label.director"));
  // Rules of before took it, so what was logged under them replays.
  const auto old = rules_before_the_label_account();
  EXPECT_THAT(*apply(world.index, world.recorded, outer, world.state, {1, &old}), Accepted());
}

TEST_F(Adoption, StrangerOfAnotherOrganisationAdoptsNothing) {
  const auto inner = held();
  world.revoke(world.member);
  const auto boss = world.enrol(world.registrar, world.org("HTX khac"), {"director"});
  EXPECT_THAT(world.submit(adopt(boss, inner)), Refused("role.relation"));
  EXPECT_THAT(world.submit(adopt(world.packer, inner)), Refused("role.relation"));
}

TEST_F(Adoption, WhatActsBeyondTheStateIsSignedAnew) {
  const auto erase = signed_by_member(world.entry(world.member, "erase/1", world.member.person,
                                                  "{'scope':'person','reason':'request'}"));
  world.revoke(world.member);
  EXPECT_THAT(world.submit(adopt(world.director, erase)), Refused("adopt.kind"));
}

TEST_F(Adoption, OfAnEntryOfALiveKeyIsRefused) {
  EXPECT_THAT(world.submit(adopt(world.clerk, held())), Refused("adopt.live"));
}

TEST_F(Adoption, HappensOnce) {
  const auto inner = held();
  world.revoke(world.member);
  ASSERT_THAT(world.submit(adopt(world.clerk, inner)), Accepted());
  EXPECT_THAT(world.submit(adopt(world.clerk, inner)), Refused("adopt.again"));
}

TEST_F(Adoption, FrameMustRepeatTheSubjectAndInputsInside) {
  const auto inner = held();
  const auto other = held("11 kg");
  world.revoke(world.member);
  auto outer = adopt(world.clerk, inner);
  outer.sub = other.sub;
  EXPECT_THAT(world.submit(outer), Refused("adopt.sub"));
  outer = adopt(world.clerk, inner);
  outer.from = {{inner.sub, inner.id, "1", "kg"}};
  EXPECT_THAT(world.submit(outer), Refused("adopt.from"));
}

TEST_F(Adoption, BrokenSignatureOrForeignKeyInsideIsRefused) {
  auto inner = held();
  world.revoke(world.member);
  auto& last = inner.jws[inner.jws.size() - 3];
  last = last == 'A' ? 'B' : 'A';
  EXPECT_THAT(world.submit(adopt(world.clerk, inner)), Refused("adopt.entry"));
  inner.jws = "a.b.c";
  EXPECT_THAT(world.submit(adopt(world.clerk, inner)), Refused("adopt.entry"));
}

TEST_F(Adoption, WhatTheRuleInsideRefusesStaysRefused) {
  const auto inner = held("10 ha");
  world.revoke(world.member);
  EXPECT_THAT(world.submit(adopt(world.clerk, inner)), Refused("quantity.dimension"));
}

}  // namespace
}  // namespace nguon::ledger
