#include "ledger/entry/admission.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "tests/support/forge.hpp"
#include "tests/support/people.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

using tests::People;

struct AdmissionTest : testing::Test {
  People people;

  Rejection rejected(std::string_view body, std::string_view expected_id = {}) {
    const auto admission = people.admit(body, expected_id);
    EXPECT_FALSE(admission);
    return admission ? Rejection{} : admission.error();
  }
};

TEST_F(AdmissionTest, AHarvestIsAdmittedWithItsDisclosuresMatched) {
  const auto made = people.harvest();
  const auto admission = people.admit(made);
  ASSERT_TRUE(admission) << admission.error().error.rule << admission.error().error.detail;
  EXPECT_EQ(admission->entry.id, made.id);
  EXPECT_EQ(admission->entry.jws, made.jws);
  EXPECT_EQ(admission->entry.sub, made.sub);
  EXPECT_EQ(admission->entry.aud, people.deployment_id());
  ASSERT_EQ(admission->disclosures.size(), 1U);
  EXPECT_EQ(admission->disclosures[0].pointer, "/note");
  EXPECT_EQ(admission->disclosures[0].value, "hái buổi sáng");
}

TEST_F(AdmissionTest, TheUrlMustNameTheBody) {
  const auto made = people.harvest();
  const auto rejection = rejected(made.sd_jwt, people.harvest().id);
  EXPECT_EQ(rejection.error.rule, "entry.id");
  EXPECT_FALSE(rejection.validly_signed);
}

TEST_F(AdmissionTest, AnUnknownKeyIsAnsweredWithTryAgain) {
  const auto stranger = people.stranger();
  const auto rejection = rejected(tests::Forge(stranger, people.harvest()).sign());
  EXPECT_EQ(rejection.error.code, Errc::not_yet);
  EXPECT_EQ(rejection.error.rule, "key.unknown");
  EXPECT_FALSE(rejection.validly_signed);
}

TEST_F(AdmissionTest, ABrokenResolverIsNobodysFault) {
  const KeyResolver broken = [](std::string_view) -> Result<std::optional<PublicKey>> {
    return Error{Errc::unavailable, "store.io", {}, {}};
  };
  const auto admission =
      admit(people.harvest().sd_jwt, {}, {people.deployment_id(), people.bundle(), broken});
  ASSERT_FALSE(admission);
  EXPECT_EQ(admission.error().error.code, Errc::unavailable);
  EXPECT_FALSE(admission.error().validly_signed);
}

TEST_F(AdmissionTest, OnlyAValidSignatureEarnsASignedRefusal) {
  tests::Forge forge(people.key("member"), people.harvest());
  forge.data()["colour"] = "red";
  std::string body = forge.sign();
  const auto refused = rejected(body);
  EXPECT_TRUE(refused.validly_signed);
  EXPECT_EQ(refused.entry_id, entry_id(body.substr(0, body.rfind('.'))));
  EXPECT_EQ(refused.error.field, "/data/colour");
  const auto place = body.rfind('.') + 1;
  body[place] = body[place] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(rejected(body).validly_signed);
}

TEST_F(AdmissionTest, ACarrierCannotHaveAGoodEntryRefusedForGood) {
  const auto made = people.harvest();
  const std::string disclosure = made.sd_jwt.substr(made.jws.size() + 1);
  for (const auto& body : {made.sd_jwt + disclosure, made.sd_jwt + "AAAA~"}) {
    const auto rejection = rejected(body);
    EXPECT_FALSE(rejection.validly_signed) << rejection.error.rule;
    EXPECT_EQ(rejection.entry_id, made.id);
  }
}

TEST_F(AdmissionTest, GenesisIsAdmittedOnlyWhereThereIsNoLogYet) {
  const auto key_of = people.resolver();
  EXPECT_TRUE(admit(people.genesis().sd_jwt, {}, {"", people.bundle(), key_of}));
  EXPECT_EQ(rejected(people.genesis().sd_jwt).error.rule, "entry.aud");
  const auto early = admit(people.harvest().sd_jwt, {}, {"", people.bundle(), key_of});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().error.rule, "entry.aud");
}

TEST_F(AdmissionTest, GenesisVouchesForItselfByItsRootKey) {
  const auto entry = check_genesis(people.genesis().jws);
  ASSERT_TRUE(entry) << entry.error().rule;
  EXPECT_EQ(entry->id, people.deployment_id());
  EXPECT_EQ(check_genesis(people.harvest().jws).error().rule, "genesis.root");
  // The same words signed by another key under its own kid.
  const auto other = people.stranger(Alg::eddsa);
  const std::string forged = tests::Forge(other, people.genesis()).sign();
  EXPECT_EQ(check_genesis(forged.substr(0, forged.find('~'))).error().rule, "genesis.root");
}

TEST_F(AdmissionTest, DisclosuresMayFillTheirLimitAndNoMore) {
  const auto made = people.harvest();
  const std::string junk(max_disclosures_size - (made.sd_jwt.size() - made.jws.size() - 1) - 1,
                         'A');
  EXPECT_EQ(rejected(made.sd_jwt + junk + "~").error.rule, "disclosure.unmatched");
  EXPECT_EQ(rejected(made.sd_jwt + junk + "A~").error.rule, "entry.disclosures-too-large");
}

TEST_F(AdmissionTest, ABodyOverAllLimitsIsNotEvenSplit) {
  const auto rejection = rejected(std::string(1 << 20, '~'));
  EXPECT_EQ(rejection.error.code, Errc::too_large);
  EXPECT_FALSE(rejection.validly_signed);
}

TEST_F(AdmissionTest, AnAuditReplaysSignatureAndGrammarWithoutDisclosures) {
  const auto made = people.harvest();
  const auto entry = check_grammar_and_signature(made.jws, people.key("member").public_key());
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->id, made.id);
  EXPECT_EQ(check_grammar_and_signature(made.jws, people.stranger().public_key()).error().rule,
            "jws.signature");
}

}  // namespace
}  // namespace nguon::ledger
