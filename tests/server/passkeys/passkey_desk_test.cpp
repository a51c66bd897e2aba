// Who may make a passkey, what one opens and what ends it, with every part of a sign-in wrong.
#include "server/passkeys/passkey_desk.hpp"

#include "ledger/entry/jws.hpp"
#include "ledger/trace/opened.hpp"
#include "tests/server/passkeys/authenticator.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace nguon::server {
namespace {

namespace json = boost::json;
using tests::Authenticator;

constexpr std::string_view my_name = "Điện thoại của tôi";

void flip(char& octet) { octet = static_cast<char>(octet ^ 1); }

class PasskeyDeskTest : public testing::Test {
 protected:
  std::string person(const std::string& name) { return small.persons.at(name); }
  std::string kid(std::string_view name) { return small.people.key(name).kid(); }
  std::string statement(std::string_view by, const CeremonyAnswer& answer,
                        const json::object& more = {}) {
    json::object said{{"aud", small.log->deployment_id()},
                      {"client_data", ledger::base64url_encode(answer.client_data)},
                      {"authenticator_data", ledger::base64url_encode(answer.authenticator_data)},
                      {"name", my_name}};
    for (const auto& [name, value] : more) said[name] = value;
    return ledger::make_jws(small.people.key(by), passkey_typ, json::serialize(said));
  }
  std::string made(std::string_view by, const Authenticator& one) {
    return statement(by, one.make(desk->challenge_to_make(kid(by))));
  }
  std::string removal(std::string_view by, const std::string& id) {
    return ledger::make_jws(
        small.people.key(by), passkey_removal_typ,
        json::serialize(json::object{{"aud", small.log->deployment_id()}, {"remove", id}}));
  }
  template <class T>
  static std::string rule(const ledger::Result<T>& result) {
    return result ? "good" : result.error().rule;
  }
  std::string added(std::string_view by, const Authenticator& one) {
    return rule(desk->add(made(by, one), party));
  }
  PasskeyAssertion use(Authenticator& one, const std::string& name = "clerk") {
    return one.use(desk->challenge_to_read(), desk->user_handle(person(name)));
  }
  std::string used(Authenticator& one, const std::string& name = "clerk") {
    return rule(desk->begin(use(one, name), party));
  }
  void reopen() {
    desk.reset();
    desk = PasskeyDesk::open(path, *small.log, small.clock, sessions).value();
  }
  std::string on_disk() { return tests::read_file(path); }

  tests::SmallLedger small;
  const RelyingParty party{"nguon.example", "https://nguon.example"};
  const std::string path = small.directory / "passkeys.notebook";
  SessionDesk sessions{*small.log, small.clock};
  std::unique_ptr<PasskeyDesk> desk =
      PasskeyDesk::open(path, *small.log, small.clock, sessions).value();
};

TEST_F(PasskeyDeskTest, OneMadeByAKeyOpensThatKeysSessionAlsoAfterARestart) {
  for (const auto kind : {ledger::Alg::es256, ledger::Alg::eddsa}) {
    small.clock.now += 1000;  // Each is the newest: of one moment they stand in the order of their ids.
    Authenticator one(kind);
    const auto kept = desk->add(made("clerk", one), party);
    ASSERT_TRUE(kept) << kept.error().rule;
    EXPECT_EQ(kept->name, my_name);
    EXPECT_EQ(kept->made, small.clock.now);
    EXPECT_EQ(kept->used, 0);
    reopen();
    EXPECT_EQ(desk->of_person(person("clerk"))->back(), *kept);
    const auto begun = desk->begin(use(one), party);
    ASSERT_TRUE(begun) << begun.error().rule;
    EXPECT_EQ(begun->reader.kid, kid("clerk"));
    EXPECT_EQ(begun->reader.person, person("clerk"));
    EXPECT_EQ(begun->reader.org, small.coop);
    EXPECT_EQ(begun->reader.roles, std::vector<std::string>{"clerk"});
    EXPECT_EQ(begun->until, small.clock.now / 1000 + session_s);
    EXPECT_EQ((*sessions.who(begun->token))->person, person("clerk"));
    EXPECT_EQ(desk->of_person(person("clerk"))->back().used, small.clock.now);
  }
  EXPECT_TRUE(desk->of_person(person("member"))->empty());
}

TEST_F(PasskeyDeskTest, OnlyAStatementOfALivingPersonsKeyMakesOne) {
  const Authenticator one;
  EXPECT_EQ(added("a stranger", one), "passkey.signer");
  EXPECT_EQ(added("service", one), "passkey.signer");
  auto jws = made("clerk", one);
  const auto other = made("member", one);
  jws.replace(jws.rfind('.'), std::string::npos, other.substr(other.rfind('.')));
  EXPECT_EQ(rule(desk->add(jws, party)), "jws.signature");
  EXPECT_EQ(rule(desk->add("x", party)), "jws.shape");
  EXPECT_EQ(rule(desk->add(removal("clerk", "x"), party)), "jws.typ");

  const auto spoilt = [&](const char* name, json::value value) {
    const auto answer = one.make(desk->challenge_to_make(kid("clerk")));
    const auto result = desk->add(statement("clerk", answer, {{name, std::move(value)}}), party);
    return result ? "good" : result.error().rule + result.error().field;
  };
  EXPECT_EQ(spoilt("aud", "another"), "passkey.statement/aud");
  EXPECT_EQ(spoilt("client_data", "a=="), "passkey.statement/client_data");
  EXPECT_EQ(spoilt("client_data", 1), "passkey.statement/client_data");
  EXPECT_EQ(spoilt("authenticator_data", "?"), "passkey.statement/authenticator_data");
  EXPECT_EQ(spoilt("more", 1), "passkey.statement");
  for (const std::string& name : {std::string(), std::string("a\nb"), std::string("\x7f"),
                                  std::string(PasskeyDesk::most_name_octets + 1, 'x')}) {
    EXPECT_EQ(spoilt("name", json::value(name)), "passkey.statement/name") << name;
  }
  EXPECT_TRUE(desk->of_person(person("clerk"))->empty());

  const auto in_time = made("clerk", one);
  small.add(small.revocation("clerk"));
  EXPECT_EQ(rule(desk->add(in_time, party)), "passkey.signer");
}

TEST_F(PasskeyDeskTest, AChallengeIsForOneKeyOnePurposeOnceAndSoon) {
  const Authenticator one;
  const auto from = [&](const std::string& challenge) {
    return rule(desk->add(statement("clerk", one.make(challenge)), party));
  };
  EXPECT_EQ(from(desk->challenge_to_read()), "passkey.challenge");
  EXPECT_EQ(from(desk->challenge_to_make(kid("member"))), "passkey.challenge");
  EXPECT_EQ(from(sessions.challenge()), "passkey.challenge");
  const auto late = desk->challenge_to_make(kid("clerk"));
  small.clock.now += (Challenges::good_s + 1) * 1000;
  EXPECT_EQ(from(late), "passkey.challenge");
  const auto challenge = desk->challenge_to_make(kid("clerk"));
  small.clock.now += Challenges::good_s * 1000;
  EXPECT_EQ(from(challenge), "good");
  EXPECT_EQ(rule(desk->add(statement("clerk", Authenticator().make(challenge)), party)),
            "passkey.challenge")
      << "another one by the same challenge";

  Authenticator reads;
  ASSERT_EQ(added("clerk", reads), "good");
  const auto handle = desk->user_handle(person("clerk"));
  const auto begin = [&](const std::string& by) {
    return rule(desk->begin(reads.use(by, handle), party));
  };
  EXPECT_EQ(begin(desk->challenge_to_make(kid("clerk"))), "passkey.challenge");
  const auto again = use(reads);
  EXPECT_EQ(rule(desk->begin(again, party)), "good");
  EXPECT_EQ(rule(desk->begin(again, party)), "passkey.challenge") << "what was seen on its way";
  const auto old = use(reads);
  small.clock.now += (Challenges::good_s + 1) * 1000;
  EXPECT_EQ(rule(desk->begin(old, party)), "passkey.challenge");
  reopen();
  EXPECT_EQ(used(reads), "good");
}

TEST_F(PasskeyDeskTest, EachPartOfAnAssertionCounts) {
  Authenticator one;
  ASSERT_EQ(added("clerk", one), "good");
  const auto spoilt = [&](const std::function<void(PasskeyAssertion&)>& spoil) {
    auto assertion = use(one);
    spoil(assertion);
    return rule(desk->begin(assertion, party));
  };
  EXPECT_EQ(spoilt([](auto& a) { a.id = "AAAA"; }), "passkey.unknown");
  EXPECT_EQ(spoilt([](auto& a) { a.user_handle.clear(); }), "passkey.person");
  EXPECT_EQ(spoilt([&](auto& a) { a.user_handle = desk->user_handle(person("member")); }),
            "passkey.person");
  EXPECT_EQ(spoilt([](auto& a) { flip(a.signature.back()); }), "passkey.signature");
  EXPECT_EQ(spoilt([](auto& a) { a.answer.client_data += " "; }), "passkey.signature");
  EXPECT_EQ(spoilt([](auto& a) { flip(a.answer.authenticator_data.back()); }), "passkey.signature");
  EXPECT_EQ(spoilt([](auto& a) { flip(a.answer.authenticator_data[0]); }), "passkey.rp");
  EXPECT_EQ(spoilt([](auto& a) { a.answer.authenticator_data[32] = 1; }), "passkey.user");
  EXPECT_EQ(rule(desk->begin(use(one), {"nguon.example", "https://evil.example"})),
            "passkey.origin");

  Authenticator elsewhere;
  elsewhere.host = "tem.nguon.example";
  elsewhere.origin = "https://tem.nguon.example";
  const RelyingParty there{"tem.nguon.example", "https://tem.nguon.example"};
  ASSERT_EQ(rule(desk->add(made("clerk", elsewhere), there)), "good");
  EXPECT_EQ(rule(desk->begin(use(elsewhere), there)), "good");
  elsewhere.host = "nguon.example";
  elsewhere.origin = "https://nguon.example";
  EXPECT_EQ(used(elsewhere), "passkey.rp") << "made for another host";

  one.flags |= Authenticator::portable;
  EXPECT_EQ(used(one), "passkey.authenticator");
  one.flags &= ~Authenticator::portable;
  EXPECT_EQ(used(one), "good");
}

TEST_F(PasskeyDeskTest, ACountThatGoesBackEndsItAndRepeatingCastsNoDoubt) {
  Authenticator one;
  one.counts = true;
  ASSERT_EQ(added("clerk", one), "good");
  const auto first = use(one);
  const auto begun = desk->begin(first, party);
  ASSERT_TRUE(begun);
  EXPECT_EQ(rule(desk->begin(first, party)), "passkey.challenge");
  EXPECT_FALSE(desk->of_person(person("clerk"))->front().doubted);
  one.count += 10;
  EXPECT_EQ(used(one), "good");
  EXPECT_TRUE(*sessions.who(begun->token));
  one.count -= 5;
  EXPECT_EQ(used(one), "passkey.count");
  EXPECT_FALSE(*sessions.who(begun->token)) << "what it opened ends";
  one.count += 100;
  EXPECT_EQ(used(one), "passkey.count") << "nobody knows which of the two this is";
  reopen();
  EXPECT_TRUE(desk->of_person(person("clerk"))->front().doubted);
  EXPECT_EQ(used(one), "passkey.count");

  Authenticator uncounted;
  ASSERT_EQ(added("clerk", uncounted), "good");
  EXPECT_EQ(used(uncounted), "good");
  EXPECT_EQ(used(uncounted), "good");
}

TEST_F(PasskeyDeskTest, EightOfAPersonAndTheSameAgainIsTheSame) {
  const Authenticator first;
  const auto jws = made("clerk", first);
  ASSERT_EQ(rule(desk->add(jws, party)), "good");
  EXPECT_EQ(rule(desk->add(jws, party)), "good");
  EXPECT_EQ(desk->of_person(person("clerk"))->size(), 1U);
  EXPECT_EQ(added("member", first), "passkey.known") << "of another key";
  for (std::size_t i = 1; i < PasskeyDesk::most_of_person; ++i) {
    EXPECT_EQ(added("clerk", Authenticator()), "good") << i;
  }
  EXPECT_EQ(added("clerk", Authenticator()), "passkey.full");
  EXPECT_EQ(added("member", Authenticator()), "good") << "others' are their own";
  const auto id = desk->of_person(person("clerk"))->front().id;
  EXPECT_EQ(rule(desk->remove(removal("clerk", id))), "good");
  EXPECT_EQ(added("clerk", Authenticator()), "good");
}

TEST_F(PasskeyDeskTest, ItsOwnerTakesItOutAndWithItWhatItOpened) {
  Authenticator one;
  ASSERT_EQ(added("clerk", one), "good");
  const auto id = desk->of_person(person("clerk"))->front().id;
  const auto begun = desk->begin(use(one), party);
  EXPECT_EQ(rule(desk->remove(removal("member", id))), "good")
      << "tells nobody whether it is there";
  EXPECT_EQ(rule(desk->remove(removal("a stranger", id))), "passkey.signer");
  EXPECT_TRUE(*sessions.who(begun->token));
  EXPECT_NE(on_disk().find(id), std::string::npos);
  EXPECT_EQ(rule(desk->remove(removal("clerk", id))), "good");
  EXPECT_EQ(rule(desk->remove(removal("clerk", id))), "good");
  EXPECT_FALSE(*sessions.who(begun->token));
  EXPECT_EQ(used(one), "passkey.unknown");
  EXPECT_EQ(on_disk(), "");
}

TEST_F(PasskeyDeskTest, ItGoesWithItsKeyAndWithItsPerson) {
  Authenticator of_clerk, of_member;
  ASSERT_EQ(added("clerk", of_clerk), "good");
  ASSERT_EQ(added("member", of_member), "good");
  const auto clerk = desk->begin(use(of_clerk), party);
  const auto member = desk->begin(use(of_member, "member"), party);
  small.add(small.revocation("clerk"));
  EXPECT_FALSE(*sessions.who(clerk->token));
  EXPECT_TRUE(*sessions.who(member->token));
  EXPECT_EQ(used(of_clerk), "passkey.unknown");
  EXPECT_NE(on_disk().find(my_name), std::string::npos);

  const auto newest = *ledger::trace::open_leaf(
      *small.log->leaf(small.log->history(person("member"), 0, 100)->back()));
  small.add(small.people.make("erase/1")
                .by("member")
                .continues(person("member"), newest.logged.id)
                .data(R"({"scope":"person","reason":"request"})")
                .sign());
  EXPECT_FALSE(*sessions.who(member->token));
  EXPECT_TRUE(desk->catch_up());
  EXPECT_EQ(on_disk(), "");
  EXPECT_EQ(used(of_member, "member"), "passkey.unknown");
  EXPECT_EQ(added("member", Authenticator()), "passkey.ended");
}

TEST_F(PasskeyDeskTest, NothingOpensWhileItsOrganisationIsSuspendedOrOnceItsPersonHasLeft) {
  Authenticator of_clerk;
  ASSERT_EQ(added("clerk", of_clerk), "good");
  const auto begun = desk->begin(use(of_clerk), party);
  const auto told = [&](std::string_view type, std::string_view by, const std::string& sub,
                        const std::string& data) {
    const auto newest =
        *ledger::trace::open_leaf(*small.log->leaf(small.log->history(sub, 0, 100)->back()));
    small.add(small.people.make(type).by(by).continues(sub, newest.logged.id).data(data).sign());
  };
  told("org.suspend/1", "registrar", small.coop, R"({"on":"2026-09-01","reason":"dormant"})");
  EXPECT_FALSE(*sessions.who(begun->token));
  EXPECT_EQ(used(of_clerk), "passkey.ended");
  told("org.activate/1", "registrar", small.coop, R"({"on":"2026-09-02"})");
  EXPECT_EQ(used(of_clerk), "good");

  told("member.add/1", "director", person("clerk"),
       R"({"org":")" + small.coop + R"(","kind":"worker","name":"Nhân viên Mẫu"})");
  EXPECT_EQ(used(of_clerk), "good");
  told("member.leave/1", "director", person("clerk"),
       R"({"org":")" + small.coop + R"(","on":"2026-09-01","reason":"own_wish"})");
  EXPECT_EQ(used(of_clerk), "passkey.ended");
}

TEST_F(PasskeyDeskTest, ANotebookOfManyUsesStaysSmall) {
  Authenticator one;
  one.counts = true;
  ASSERT_EQ(added("clerk", one), "good");
  std::size_t most = 0;
  for (int i = 0; i < 1100; ++i) {
    ASSERT_EQ(used(one), "good");
    most = std::max(most, on_disk().size());
  }
  EXPECT_LT(on_disk().size(), most / 2);
  reopen();
  EXPECT_EQ(desk->of_person(person("clerk"))->front().count, one.count);
}

}  // namespace
}  // namespace nguon::server
