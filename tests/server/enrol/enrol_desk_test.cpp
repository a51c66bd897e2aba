#include "server/enrol/enrol_desk.hpp"

#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Alg;
using ledger::PrivateKey;

constexpr const char* code = "0123456789ABCDEF";

class EnrolDeskTest : public testing::Test {
 protected:
  std::int64_t now_s() const { return small.clock.now / 1000; }
  json::object claims(const std::string& with_code = code) const {
    return {{"aud", small.log->deployment_id()},
            {"code", with_code},
            {"name", "Người Mẫu"},
            {"org", small.coop},
            {"person", person},
            {"roles", json::array{"member"}},
            {"until", now_s() + 1800}};
  }
  std::string invitation(const json::object& said, std::string_view by = "clerk") {
    return ledger::make_jws(small.people.key(by), invitation_typ, json::serialize(said));
  }
  std::string rule_of(const json::object& said, std::string_view by = "clerk") {
    const auto made = desk.invite(invitation(said, by));
    return made ? "good" : made.error().rule;
  }
  std::string proof(const PrivateKey& key, const std::string& with_code = code) const {
    return ledger::make_jws(key, ledger::enrolment_typ,
                            json::serialize(json::object{{"aud", small.log->deployment_id()},
                                                         {"person", person},
                                                         {"org", small.coop},
                                                         {"code", with_code}}));
  }
  std::string offer(const PrivateKey& key) {
    const auto made = desk.offer(code, key.public_key().jwk(), proof(key));
    return made ? "good" : made.error().rule;
  }
  /// The office logs the key that was offered.
  void confirm() {
    const auto offered = *desk.by_code(code)->offer;
    ledger::Draft draft;
    draft.iat = made_at;
    draft.sub = "person";
    draft.data = {{"jwk", json::parse(offered.jwk)},
                  {"org", small.coop},
                  {"roles", json::array{"member"}},
                  {"proof", offered.proof}};
    ledger::EntryMaker maker(small.log->deployment_id(),
                             [this](std::size_t count) { return octets.substr(0, count); });
    const auto& type = *small.people.bundle().find("key.add/1");
    ASSERT_EQ(small.add(*maker.make(small.people.key("clerk"), type, draft)).sub, person);
  }

  tests::SmallLedger small;
  EnrolDesk desk{*small.log, small.clock};
  // The office has chosen the time and the octets of the coming entry's jti, and so the person.
  const std::int64_t made_at = 1'789'000'000;
  const std::string octets = std::string(10, 'o');
  const std::string person =
      ledger::subject_id("person", small.log->deployment_id(), small.people.key("clerk").kid(),
                         ledger::make_uuid7(made_at * 1000, octets));
  const PrivateKey phone = PrivateKey::generate(Alg::es256);
};

TEST_F(EnrolDeskTest, OfficeInvitesPhoneOffersOfficeConfirms) {
  const auto made = desk.invite(invitation(claims()));
  ASSERT_TRUE(made) << made.error().rule << made.error().field;
  const std::string id = made->invitation.id;
  EXPECT_EQ(desk.by_code(code)->invitation.name, "Người Mẫu");
  EXPECT_FALSE(desk.by_id(id)->offer);
  EXPECT_EQ(offer(phone), "good");
  EXPECT_EQ(desk.by_id(id)->offer->kid, phone.kid());
  EXPECT_FALSE(desk.by_id(id)->done);
  confirm();
  EXPECT_TRUE(desk.by_id(id)->done);
  EXPECT_TRUE(desk.by_code(code)->done);
}

TEST_F(EnrolDeskTest, TheSameAgainIsTheSame) {
  const auto text = invitation(claims());
  const auto first = desk.invite(text);
  EXPECT_EQ(desk.invite(text)->invitation.id, first->invitation.id);
  EXPECT_EQ(offer(phone), "good");
  for (int i = 0; i < 30; ++i) EXPECT_EQ(offer(phone), "good") << "a phone that lost its answer";
  confirm();
  EXPECT_EQ(offer(phone), "good") << "told again that it is done";
}

TEST_F(EnrolDeskTest, AUsedInvitationIsNobodyElses) {
  ASSERT_TRUE(desk.invite(invitation(claims())));
  ASSERT_EQ(offer(phone), "good");
  confirm();
  EXPECT_EQ(offer(PrivateKey::generate(Alg::es256)), "enrol.unknown");
}

TEST_F(EnrolDeskTest, ALaterOfferReplacesAnEarlierOneTenTimesAtMost) {
  ASSERT_TRUE(desk.invite(invitation(claims())));
  for (int i = 0; i < 9; ++i) EXPECT_EQ(offer(PrivateKey::generate(Alg::es256)), "good");
  EXPECT_EQ(offer(phone), "good");
  EXPECT_EQ(desk.by_code(code)->offer->kid, phone.kid());
  EXPECT_EQ(offer(PrivateKey::generate(Alg::es256)), "enrol.offers");
  EXPECT_EQ(desk.by_code(code)->offer->kid, phone.kid());
}

TEST_F(EnrolDeskTest, ItIsOverWhenItsTimeIsAndWhenItIsTakenBack) {
  const auto made = desk.invite(invitation(claims()));
  small.clock.now += 1800 * 1000;
  EXPECT_TRUE(desk.by_code(code));
  small.clock.now += 1000;
  EXPECT_EQ(desk.by_code(code).error().rule, "enrol.unknown");
  EXPECT_EQ(offer(phone), "enrol.unknown");
  const auto again = desk.invite(invitation(claims()));
  EXPECT_TRUE(desk.withdraw(again->invitation.id));
  EXPECT_EQ(desk.by_id(again->invitation.id).error().code, ledger::Errc::not_found);
  EXPECT_FALSE(desk.withdraw(made->invitation.id));
}

TEST_F(EnrolDeskTest, OnlyWhoMayEnrolForThatOrganisationInvites) {
  EXPECT_EQ(rule_of(claims(), "director"), "good");
  EXPECT_EQ(rule_of(claims("1123456789ABCDEF"), "registrar"), "good");
  EXPECT_EQ(rule_of(claims("2123456789ABCDEF"), "member"), "enrol.signer");
  EXPECT_EQ(rule_of(claims("3123456789ABCDEF"), "a stranger"), "enrol.signer");
  auto elsewhere = claims("4123456789ABCDEF");
  elsewhere["org"] = "org:00000000000000000000000000";
  EXPECT_EQ(rule_of(elsewhere), "enrol.signer");
  small.add(small.revocation("clerk"));
  EXPECT_EQ(rule_of(claims("5123456789ABCDEF")), "enrol.signer");
}

TEST_F(EnrolDeskTest, ASignatureThatIsNotTheSignersIsRefused) {
  auto text = invitation(claims());
  const auto other = invitation(claims(), "director");
  text.replace(text.rfind('.'), std::string::npos, other.substr(other.rfind('.')));
  EXPECT_EQ(desk.invite(text).error().rule, "jws.signature");
}

TEST_F(EnrolDeskTest, WhatIsNoInvitationIsNamed) {
  const auto with = [&](const char* name, const json::value& value) {
    auto said = claims();
    said[name] = value;
    const auto made = desk.invite(invitation(said));
    return made ? "good" : made.error().rule + made.error().field;
  };
  EXPECT_EQ(with("aud", "other"), "enrol.aud/aud");
  EXPECT_EQ(with("code", "short"), "enrol.invitation/code");
  EXPECT_EQ(with("code", "o123456789abcdef"), "enrol.invitation/code");
  EXPECT_EQ(with("name", ""), "enrol.invitation/name");
  EXPECT_EQ(with("name", json::string(241, 'a')), "enrol.invitation/name");
  EXPECT_EQ(with("org", "person:00000000000000000000000000"), "enrol.invitation/org");
  EXPECT_EQ(with("person", "x"), "enrol.invitation/person");
  EXPECT_EQ(with("roles", json::array{}), "enrol.invitation/roles");
  EXPECT_EQ(with("roles", json::array{7}), "enrol.invitation/roles");
  EXPECT_EQ(with("until", "soon"), "enrol.invitation/until");
  EXPECT_EQ(with("until", now_s()), "enrol.until/until");
  EXPECT_EQ(with("until", now_s() + 24 * 3600 + 1), "enrol.until/until");
  EXPECT_EQ(with("more", 1), "enrol.invitation");
  EXPECT_EQ(desk.invite("x").error().rule, "jws.shape");
  EXPECT_EQ(desk.invite(std::string(5000, 'x')).error().rule, "enrol.invitation");
}

TEST_F(EnrolDeskTest, AProofIsForThisInvitationAndByTheOfferedKey) {
  ASSERT_TRUE(desk.invite(invitation(claims())));
  const auto rule = [&](const std::string& jwk, const std::string& with) {
    const auto made = desk.offer(code, jwk, with);
    return made ? "good" : made.error().rule;
  };
  const auto other = PrivateKey::generate(Alg::es256);
  EXPECT_EQ(rule(phone.public_key().jwk(), proof(other)), "key.proof");
  EXPECT_EQ(rule(phone.public_key().jwk(), proof(phone, "FEDCBA9876543210")), "key.proof");
  EXPECT_EQ(rule(phone.public_key().jwk(), "x"), "key.proof");
  EXPECT_EQ(rule("{}", proof(phone)), "key.jwk");
  const auto& member = small.people.key("member");
  EXPECT_EQ(rule(member.public_key().jwk(), proof(member)), "key.bound");
  EXPECT_FALSE(desk.by_code(code)->offer);
}

TEST_F(EnrolDeskTest, OneSignerCannotUseUpWhatOthersNeed) {
  const auto nth = [](int number) {
    const auto text = std::to_string(number);
    return std::string(16 - text.size(), '0') + text;
  };
  for (int i = 0; i < 500; ++i) ASSERT_EQ(rule_of(claims(nth(i))), "good") << i;
  EXPECT_EQ(rule_of(claims(nth(500))), "enrol.full");
  EXPECT_EQ(rule_of(claims(nth(500)), "director"), "good");
  EXPECT_EQ(rule_of(claims(nth(0)), "director"), "enrol.code-taken");
}

TEST(EnrolmentCode, IsReadAsPeopleCopyIt) {
  EXPECT_EQ(read_enrolment_code("0123-4567 89ab-cdef"), "0123456789ABCDEF");
  EXPECT_EQ(read_enrolment_code("oil3456789ABCDEF"), "0113456789ABCDEF");
  for (const auto* bad : {"", "0123456789ABCDE", "0123456789ABCDEFG", "U123456789ABCDEF", "????"}) {
    EXPECT_EQ(read_enrolment_code(bad), "") << bad;
  }
}

}  // namespace
}  // namespace nguon::server
