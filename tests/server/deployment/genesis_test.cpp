#include "server/deployment/genesis.hpp"

#include "server/deployment/deployment.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

using ledger::Alg;
using ledger::PrivateKey;

struct Begun {
  PrivateKey root = PrivateKey::generate(Alg::eddsa);
  PrivateKey recovery = PrivateKey::generate(Alg::eddsa);
  Keyring keyring = make_keyring();
  ledger::MadeEntry genesis;

  Begun() {
    Beginning beginning;
    beginning.name = "Thử nghiệm (dữ liệu mẫu)";
    beginning.origin = "log.example/log/0";
    beginning.operator_name = "Liên minh Mẫu (dữ liệu mẫu)";
    beginning.commune = "04105";
    beginning.iat = 1'789'000'000;
    genesis = make_genesis(root, keyring.log.front().public_key(),
                           keyring.service.front().public_key(), {recovery.public_key()}, beginning,
                           schemas::Bundle::built_in(), ledger::system_entropy())
                  .value();
  }
};

TEST(Genesis, BeginsALogWhoseDeploymentIdIsItsEntryId) {
  const tests::TempDir directory;
  const Begun begun;
  const Places places{directory.string()};
  ASSERT_TRUE(write_keyring(places.keys(), begun.keyring));
  ASSERT_TRUE(Deployment::initialise(places, {}, begun.genesis.jws));
  const auto deployment = Deployment::open(places, {}).value();
  EXPECT_EQ(deployment->ledger().deployment_id(), begun.genesis.id);
  EXPECT_EQ(deployment->ledger().origin(), "log.example/log/0");
  EXPECT_EQ(deployment->ledger().head().size, 1U);
}

TEST(Genesis, TheRootKeyEnrolsTheFirstRegistrarAtIndexOne) {
  const tests::TempDir directory;
  const Begun begun;
  const Places places{directory.string()};
  ASSERT_TRUE(write_keyring(places.keys(), begun.keyring));
  ASSERT_TRUE(Deployment::initialise(places, {}, begun.genesis.jws));
  const auto deployment = Deployment::open(places, {}).value();
  const auto registrar = PrivateKey::generate(Alg::es256);
  const auto proof = [&](const std::string& person) {
    return enrolment_proof(registrar, begun.genesis.id, person, begun.genesis.sub, "code");
  };
  const auto enrolment =
      make_first_registrar(begun.root, begun.genesis, registrar.public_key(), proof, 1'789'000'001,
                           schemas::Bundle::built_in(), ledger::system_entropy())
          .value();
  const auto outcome = deployment->ledger().submit_and_wait(enrolment.sd_jwt, enrolment.id);
  ASSERT_EQ(outcome.kind, ledger::Outcome::Kind::created) << outcome.error.rule;
  EXPECT_EQ(deployment->ledger().leaf(1)->jws, enrolment.jws);

  // The registrar may now speak.
  ledger::EntryMaker maker(begun.genesis.id, ledger::system_entropy());
  ledger::Draft draft;
  draft.sub = "org";
  draft.iat = 1'789'000'060;
  draft.data = {{"name", "HTX Mẫu (dữ liệu mẫu)"}, {"kind", "cooperative"}};
  const auto org =
      maker.make(registrar, *schemas::Bundle::built_in().find("org.create/1"), draft).value();
  EXPECT_EQ(deployment->ledger().submit_and_wait(org.sd_jwt, org.id).kind,
            ledger::Outcome::Kind::created);
}

TEST(Genesis, AFolderThatHoldsALogIsNotBegunAgain) {
  const tests::TempDir directory;
  const Begun begun;
  const Places places{directory.string()};
  ASSERT_TRUE(write_keyring(places.keys(), begun.keyring));
  ASSERT_TRUE(Deployment::initialise(places, {}, begun.genesis.jws));
  const auto again = Deployment::initialise(places, {}, begun.genesis.jws);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().rule, "start.initialised");
}

TEST(Genesis, AnEmptyFolderIsNoDeployment) {
  const tests::TempDir directory;
  const auto opened = Deployment::open({directory.string()}, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "start.not-initialised");
}

}  // namespace
}  // namespace nguon::server
