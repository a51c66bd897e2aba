// Bundles whose checkpoint and paths are right, over a log that no honest operator would have
// written: what the tree cannot tell, the entries must.

#include "ledger/audit/bundle.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle_proof.hpp"
#include "tests/ledger/audit/season.hpp"
#include "tests/support/forge.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

class ForgedBundleTest : public testing::Test {
 protected:
  ForgedBundleTest() { logged_.push_back(small_.people.genesis().jws); }

  MadeEntry log(const MadeEntry& made) {
    logged_.push_back(made.jws);
    sub_ = made.sub;
    return made;
  }
  /// The person `name`, enrolled by the root key without asking anybody's rules.
  MadeEntry enrol(std::string_view name) {
    return log(small_.enrolment("root", name, "clerk", small_.coop));
  }
  MadeEntry update(const std::string& sub, const std::string& prev, const char* name) {
    return small_.people.make("product.update/1")
        .by("clerk")
        .continues(sub, prev)
        .data(std::string(R"({"name":")") + name + "\"}")
        .sign();
  }
  /// What a reader says of all that was logged.
  std::string rule() {
    MemoryTree tree;
    std::vector<std::string> leaves;
    for (const auto& jws : logged_) {
      leaves.push_back(encode_leaf(1'790'000'000'000, jws));
      tree.append(leaves.back());
    }
    const auto& key = small_.people.key("log");
    const auto verifier = *NoteVerifier::make("nguon.example/log/0", key.public_key());
    const std::uint64_t size = leaves.size();
    ProofBundle bundle;
    bundle.origin = verifier.name();
    bundle.sub = sub_;
    bundle.checkpoint = sign_checkpoint({bundle.origin, size, tree.root()}, verifier, key);
    for (std::uint64_t index = 0; index < size; ++index) {
      bundle.entries.push_back({index, leaves[index], *inclusion_path(index, size, tree.reader())});
    }
    const auto report = verify_bundle(format_proof_bundle(bundle), verifier.text());
    return report ? "good" : report.error().rule;
  }

  tests::SmallLedger small_;
  std::vector<std::string> logged_;
  std::string sub_;
};

TEST_F(ForgedBundleTest, AnOrderlyLogIsGood) {
  enrol("clerk");
  const auto product = log(small_.people.make("product.add/1")
                               .by("clerk")
                               .starts("product")
                               .data(R"({"name":"Chanh leo mẫu"})")
                               .sign());
  log(update(product.sub, product.id, "A"));
  EXPECT_EQ(rule(), "good");
}

TEST_F(ForgedBundleTest, TwoSuccessorsInAStrictSubjectAreAFork) {
  enrol("clerk");
  const auto product = log(small_.people.make("product.add/1")
                               .by("clerk")
                               .starts("product")
                               .data(R"({"name":"Chanh leo mẫu"})")
                               .sign());
  log(update(product.sub, product.id, "A"));
  log(update(product.sub, product.id, "B"));
  EXPECT_EQ(rule(), "verify.fork");
}

TEST_F(ForgedBundleTest, AKeySignsNothingBeforeItsEnrolmentOrAfterItsRevocation) {
  const auto early = log(small_.harvest("1", "clerk"));
  const auto enrolled = enrol("clerk");
  EXPECT_EQ(rule(), "verify.key");
  std::swap(logged_[1], logged_[2]);
  EXPECT_EQ(rule(), "good");
  log(small_.people.make("key.revoke/1")
          .by("root")
          .continues(enrolled.sub, enrolled.id)
          .data(R"({"kid":")" + small_.people.key("clerk").kid() + R"(","reason":"lost"})")
          .sign());
  EXPECT_EQ(rule(), "good");
  log(small_.harvest("2", "clerk"));
  EXPECT_EQ(rule(), "verify.revoked");
}

TEST_F(ForgedBundleTest, ASubjectThatTheEntryDoesNotStartIsSquatted) {
  enrol("clerk");
  const auto honest = small_.harvest("1", "clerk");
  const auto ticket = small_.people.make("batch.receive/1")
                          .by("clerk")
                          .continues(honest.sub, honest.id)
                          .data("{}")
                          .sign();
  tests::Forge squatter(small_.people.key("clerk"), ticket);
  squatter.payload.erase("prev");
  log(ticket);
  const auto signed_text = squatter.sign();
  logged_.back() = signed_text.substr(0, signed_text.find('~'));
  EXPECT_EQ(rule(), "verify.subject");
  logged_.back() = ticket.jws;
  EXPECT_EQ(rule(), "verify.missing") << "its prev is neither here nor listed";
}

TEST_F(ForgedBundleTest, AnEntryOfAnotherDeploymentIsForeign) {
  enrol("clerk");
  EntryMaker foreign(std::string(43, 'A'), seeded_entropy("foreign"));
  Draft draft;
  draft.sub = "batch";
  draft.iat = 1'790'000'000;
  log(*foreign.make(small_.people.key("clerk"), *small_.people.bundle().find("batch.receive/1"),
                    draft));
  EXPECT_EQ(rule(), "verify.aud");
}

TEST_F(ForgedBundleTest, ASignatureByAnotherKeyIsNamed) {
  enrol("clerk");
  const auto honest = small_.harvest("1", "clerk");
  const auto other = small_.harvest("2", "clerk");
  log(honest);
  logged_.back() =
      honest.jws.substr(0, honest.jws.rfind('.')) + other.jws.substr(other.jws.rfind('.'));
  EXPECT_EQ(rule(), "jws.signature");
}

TEST_F(ForgedBundleTest, AGenesisOfAnotherLogVouchesForNothing) {
  tests::People others("others");
  logged_.front() = others.genesis().jws;
  sub_ = others.genesis().sub;
  EXPECT_EQ(rule(), "verify.genesis");
}

}  // namespace
}  // namespace nguon::ledger
