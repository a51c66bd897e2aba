// What a browser and an authenticator say of a ceremony, with every single part wrong.
#include "server/passkeys/ceremony.hpp"

#include "tests/server/passkeys/authenticator.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

using tests::Authenticator;

class CeremonyTest : public testing::Test {
 protected:
  std::string made_rule(const Authenticator& by) {
    return rule_of(CeremonyKind::create, by.make(challenge));
  }
  std::string used_rule(Authenticator& by) {
    return rule_of(CeremonyKind::get, by.use(challenge, "handle").answer);
  }
  std::string rule_of(CeremonyKind kind, const CeremonyAnswer& answer) {
    const auto checked = check_ceremony(kind, party, answer);
    return checked ? "good" : checked.error().rule + checked.error().field;
  }
  std::string data_rule(const std::string& octets) {
    const auto read = read_authenticator_data(octets);
    return read ? "good" : read.error().rule;
  }

  const RelyingParty party{"nguon.example", "https://nguon.example"};
  const std::string challenge = ledger::base64url_encode(std::string(40, 'c'));
};

TEST_F(CeremonyTest, BothKindsOfKeyAreMadeAndUsed) {
  for (const auto kind : {ledger::Alg::es256, ledger::Alg::eddsa}) {
    Authenticator by(kind);
    by.count = 7;
    const auto made = check_ceremony(CeremonyKind::create, party, by.make(challenge));
    ASSERT_TRUE(made) << made.error().rule << made.error().detail;
    EXPECT_EQ(made->challenge, std::string(40, 'c'));
    EXPECT_EQ(made->authenticator.attested->id, by.id);
    EXPECT_EQ(made->authenticator.attested->jwk, by.key.public_key().jwk());
    EXPECT_EQ(made->authenticator.count, 7U);
    EXPECT_FALSE(made->authenticator.portable);
    const auto used = by.use(challenge, "handle");
    EXPECT_EQ(rule_of(CeremonyKind::get, used.answer), "good");
    EXPECT_TRUE(check_assertion_signature(by.key.public_key().jwk(), used.answer, used.signature));
  }
}

TEST_F(CeremonyTest, TheBrowsersWordIsTakenWholeOrNotAtAll) {
  const auto spoilt = [&](const char* name, boost::json::value value) {
    Authenticator by;
    by.spoilt[name] = std::move(value);
    return made_rule(by);
  };
  EXPECT_EQ(spoilt("type", "webauthn.get"), "passkey.client-data/client_data/type");
  EXPECT_EQ(spoilt("type", 1), "passkey.client-data/client_data/type");
  EXPECT_EQ(spoilt("challenge", nullptr), "passkey.client-data/client_data/challenge");
  EXPECT_EQ(spoilt("challenge", "a=="), "passkey.client-data/client_data/challenge");
  for (const char* origin : {"http://nguon.example", "https://nguon.example:8443",
                             "https://nguon.example/", "https://evil.example", "null", ""}) {
    EXPECT_EQ(spoilt("origin", origin), "passkey.origin/client_data/origin") << origin;
  }
  EXPECT_EQ(spoilt("crossOrigin", true), "passkey.origin/client_data/crossOrigin");
  EXPECT_EQ(spoilt("crossOrigin", "false"), "passkey.origin/client_data/crossOrigin");
  EXPECT_EQ(spoilt("topOrigin", "https://evil.example"), "passkey.origin/client_data/topOrigin");
  EXPECT_EQ(spoilt("a member of tomorrow", "x"), "good");

  Authenticator by;
  EXPECT_EQ(rule_of(CeremonyKind::get, {by.client_data("webauthn.create", challenge), by.data(5)}),
            "passkey.client-data/client_data/type");
  for (const char* text : {"", "[]", "{", "\"x\"", R"({"type":"webauthn.get","type":"x"})"}) {
    EXPECT_EQ(rule_of(CeremonyKind::get, {text, by.data(5)}), "passkey.client-data/client_data")
        << text;
  }
  by.spoilt["long"] = std::string(max_client_data, 'x');
  EXPECT_EQ(made_rule(by), "passkey.client-data/client_data");
}

TEST_F(CeremonyTest, TheAuthenticatorHasSeenItsOwnerAndThisHost) {
  const auto flagged = [&](unsigned flags) {
    Authenticator by;
    by.flags = flags;
    EXPECT_EQ(made_rule(by), used_rule(by)) << flags;
    return used_rule(by);
  };
  EXPECT_EQ(flagged(0), "passkey.user/authenticator_data");
  EXPECT_EQ(flagged(Authenticator::present), "passkey.user/authenticator_data");
  EXPECT_EQ(flagged(Authenticator::verified), "passkey.user/authenticator_data");
  EXPECT_EQ(flagged(5 | Authenticator::portable | Authenticator::copied), "good");
  EXPECT_EQ(flagged(5 | Authenticator::copied), "passkey.authenticator/authenticator_data");
  EXPECT_EQ(flagged(5 | 0x22), "good") << "reserved for another day";

  Authenticator by;
  by.host = "evil.example";
  EXPECT_EQ(made_rule(by), "passkey.rp/authenticator_data");
  by.host = "NGUON.example";
  EXPECT_EQ(used_rule(by), "passkey.rp/authenticator_data");
}

TEST_F(CeremonyTest, AKeyIsSaidWhereOneIsMadeAndNowhereElse) {
  const Authenticator by;
  EXPECT_EQ(rule_of(CeremonyKind::create,
                    {by.client_data("webauthn.create", challenge), by.data(by.flags)}),
            "passkey.authenticator/authenticator_data");
  EXPECT_EQ(rule_of(CeremonyKind::get, {by.client_data("webauthn.get", challenge),
                                        by.make(challenge).authenticator_data}),
            "passkey.authenticator/authenticator_data");
}

TEST_F(CeremonyTest, WhatAnAuthenticatorSaysEndsWhereItShould) {
  Authenticator by;
  const std::string whole = by.make(challenge).authenticator_data;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(data_rule(whole.substr(0, size)), "good") << size;
  }
  EXPECT_EQ(data_rule(whole), "good");
  EXPECT_EQ(data_rule(whole + "x"), "passkey.authenticator");
  const std::string bare = by.data(by.flags);
  EXPECT_EQ(data_rule(bare + "x"), "passkey.authenticator");
  const std::string extended = by.data(by.flags | Authenticator::extensions);
  EXPECT_EQ(data_rule(extended), "passkey.authenticator");
  EXPECT_EQ(data_rule(extended + "\xa0"), "good");
  EXPECT_EQ(data_rule(extended + "\x80"), "passkey.authenticator") << "an array";
  EXPECT_EQ(data_rule(extended + "\xa1" + std::string(max_authenticator_data, 'x')),
            "passkey.authenticator");

  const auto with_id_of = [&](std::size_t size) {
    by.id.assign(size, 'i');
    return data_rule(by.make(challenge).authenticator_data);
  };
  EXPECT_EQ(with_id_of(15), "passkey.authenticator");
  EXPECT_EQ(with_id_of(16), "good");
  EXPECT_EQ(with_id_of(1023), "good");
  EXPECT_EQ(with_id_of(1024), "passkey.authenticator");
}

TEST_F(CeremonyTest, AKeyHasItsOneForm) {
  for (const auto kind : {ledger::Alg::es256, ledger::Alg::eddsa}) {
    const Authenticator by(kind);
    const std::string whole = by.make(challenge).authenticator_data;
    const std::size_t at = whole.size() - by.cose().size();
    std::size_t coordinates = 0;
    for (std::size_t i = at; i < whole.size(); ++i) {
      std::string spoilt = whole;
      spoilt[i] = static_cast<char>(spoilt[i] ^ 1);
      const auto read = read_authenticator_data(spoilt);
      // Half of all x of Ed25519 are on its curve; what was changed must at least be seen.
      if (read) {
        EXPECT_NE(read->attested->jwk, by.key.public_key().jwk()) << i;
        ++coordinates;
      } else {
        EXPECT_EQ(read.error().rule, "passkey.key") << i;
      }
    }
    EXPECT_LE(coordinates, kind == ledger::Alg::es256 ? 0U : 32U);
  }
}

TEST_F(CeremonyTest, ASignatureIsOfThisKeyOverTheseOctetsInItsOneDer) {
  Authenticator by;
  const auto used = by.use(challenge, "handle");
  const auto jwk = by.key.public_key().jwk();
  const auto rule = [&](const CeremonyAnswer& answer, const std::string& signature) {
    const auto checked = check_assertion_signature(jwk, answer, signature);
    return checked ? "good" : checked.error().rule;
  };
  EXPECT_EQ(rule(used.answer, used.signature), "good");
  for (std::size_t i = 0; i < used.signature.size(); ++i) {
    auto spoilt = used.signature;
    spoilt[i] = static_cast<char>(spoilt[i] ^ 1);
    EXPECT_EQ(rule(used.answer, spoilt), "passkey.signature") << i;
    EXPECT_EQ(rule(used.answer, used.signature.substr(0, i)), "passkey.signature") << i;
  }
  EXPECT_EQ(rule(used.answer, used.signature + '\0'), "passkey.signature");
  // BER lets a length be written with more octets than it needs.
  auto longer = used.signature;
  longer.insert(1, "\x81");
  EXPECT_EQ(rule(used.answer, longer), "passkey.signature");
  EXPECT_EQ(rule(used.answer, std::string(64, 's')), "passkey.signature") << "as a JWS has it";
  EXPECT_EQ(rule(used.answer, std::string(100'000, '\x30')), "passkey.signature");

  auto other = used.answer;
  other.client_data += ' ';
  EXPECT_EQ(rule(other, used.signature), "passkey.signature");
  other = used.answer;
  other.authenticator_data.back() = 1;
  EXPECT_EQ(rule(other, used.signature), "passkey.signature");
  const Authenticator stranger;
  EXPECT_EQ(rule(used.answer, stranger.sign(used.answer)), "passkey.signature");
}

}  // namespace
}  // namespace nguon::server
