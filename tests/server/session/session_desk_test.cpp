#include "server/session/session_desk.hpp"

#include "ledger/entry/jws.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;

class SessionDeskTest : public testing::Test {
 protected:
  std::string asking(const std::string& nonce, std::string_view by = "member") {
    return ledger::make_jws(
        small.people.key(by), session_typ,
        json::serialize(json::object{{"aud", small.log->deployment_id()}, {"nonce", nonce}}));
  }
  std::string rule_of(const std::string& jws) {
    const auto begun = desk.begin(jws);
    return begun ? "good" : begun.error().rule;
  }

  tests::SmallLedger small;
  SessionDesk desk{*small.log, small.clock};
};

TEST_F(SessionDeskTest, ASignedChallengeOpensASessionOfWhatTheLogSaysOfTheKey) {
  const auto begun = desk.begin(asking(desk.challenge()));
  ASSERT_TRUE(begun) << begun.error().rule;
  EXPECT_EQ(begun->reader.person, small.persons.at("member"));
  EXPECT_EQ(begun->reader.org, small.coop);
  EXPECT_EQ(begun->reader.roles, std::vector<std::string>{"member"});
  EXPECT_EQ(begun->until, small.clock.now / 1000 + session_s);
  EXPECT_EQ((*desk.who(begun->token))->kid, small.people.key("member").kid());
  EXPECT_FALSE(*desk.who("another"));
  EXPECT_FALSE(*desk.who(""));
}

TEST_F(SessionDeskTest, ItEndsWithItsTimeWithItsKeyAndWhenItIsEnded) {
  const auto first = *desk.begin(asking(desk.challenge()));
  desk.end(first.token);
  EXPECT_FALSE(*desk.who(first.token));

  const auto second = *desk.begin(asking(desk.challenge()));
  small.clock.now += session_s * 1000 - 1000;
  EXPECT_TRUE(*desk.who(second.token));
  small.clock.now += 1000;
  EXPECT_FALSE(*desk.who(second.token));

  const auto third = *desk.begin(asking(desk.challenge()));
  small.add(small.revocation("member"));
  EXPECT_FALSE(*desk.who(third.token));
  EXPECT_EQ(rule_of(asking(desk.challenge())), "session.key");
}

TEST_F(SessionDeskTest, AChallengeIsOursAndYoung) {
  const auto nonce = desk.challenge();
  EXPECT_EQ(rule_of(asking(nonce)), "good");
  small.clock.now += challenge_s * 1000;
  EXPECT_EQ(rule_of(asking(nonce)), "good");
  small.clock.now += 1000;
  EXPECT_EQ(rule_of(asking(nonce)), "session.challenge");
  small.clock.now -= 3600 * 1000;
  EXPECT_EQ(rule_of(asking(nonce)), "session.challenge") << "from the future";
  auto other = desk.challenge();
  other[20] = other[20] == 'A' ? 'B' : 'A';
  EXPECT_EQ(rule_of(asking(other)), "session.challenge");
  EXPECT_EQ(rule_of(asking("")), "session.challenge");
  SessionDesk another(*small.log, small.clock);
  EXPECT_EQ(rule_of(asking(another.challenge())), "session.challenge");
}

TEST_F(SessionDeskTest, OnlyAKnownLivingPersonsKeyOpensOne) {
  EXPECT_EQ(rule_of(asking(desk.challenge(), "a stranger")), "session.key");
  EXPECT_EQ(rule_of(asking(desk.challenge(), "service")), "session.key");
  auto jws = asking(desk.challenge());
  const auto other = asking(desk.challenge(), "clerk");
  jws.replace(jws.rfind('.'), std::string::npos, other.substr(other.rfind('.')));
  EXPECT_EQ(rule_of(jws), "jws.signature");
  const auto said = [&](const json::object& payload) {
    return rule_of(
        ledger::make_jws(small.people.key("member"), session_typ, json::serialize(payload)));
  };
  EXPECT_EQ(said({{"aud", "x"}, {"nonce", desk.challenge()}}), "session.aud");
  EXPECT_EQ(said({{"aud", small.log->deployment_id()}, {"nonce", desk.challenge()}, {"x", 1}}),
            "session.aud");
  EXPECT_EQ(rule_of(ledger::make_jws(small.people.key("member"), ledger::entry_typ, "{}")),
            "jws.typ");
  EXPECT_EQ(rule_of("x"), "jws.shape");
}

TEST_F(SessionDeskTest, OneKeyHasSixteenAndThenItsOldestGoes) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 17; ++i) {
    small.clock.now += 1000;
    tokens.push_back(desk.begin(asking(desk.challenge()))->token);
  }
  const auto clerk = desk.begin(asking(desk.challenge(), "clerk"))->token;
  EXPECT_FALSE(*desk.who(tokens.front()));
  for (std::size_t i = 1; i < tokens.size(); ++i) EXPECT_TRUE(*desk.who(tokens[i])) << i;
  EXPECT_TRUE(*desk.who(clerk));
  EXPECT_EQ(std::set(tokens.begin(), tokens.end()).size(), tokens.size());
}

}  // namespace
}  // namespace nguon::server
