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

#include <set>

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
  MadeEntry revoke(const MadeEntry& enrolled, std::string_view name) {
    return log(small_.people.make("key.revoke/1")
                   .by("root")
                   .continues(enrolled.sub, enrolled.id)
                   .data(R"({"kid":")" + small_.people.key(name).kid() + R"(","reason":"lost"})")
                   .sign());
  }
  /// A product with one edit, by the clerk.
  std::vector<MadeEntry> product() {
    const auto added = log(small_.people.make("product.add/1")
                               .by("clerk")
                               .starts("product")
                               .data(R"({"name":"Chanh leo mẫu"})")
                               .sign());
    return {added, log(update(added.sub, added.id, "A"))};
  }
  /// What a reader says of all that was logged, those at the indexes `named` being there by their
  /// names alone.
  std::string rule(const std::set<std::uint64_t>& named = {}) {
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
    std::vector<std::uint64_t> logged;
    for (std::uint64_t index = 0; index < size; ++index) {
      bundle.entries.push_back(
          *BundledEntry::from(logged_[index], LogPlace{index, 1'790'000'000'000}));
      if (named.contains(index)) {
        bundle.entries.back().logged.reset();
      } else {
        logged.push_back(index);
      }
    }
    if (!logged.empty()) bundle.proof = *joint_path(logged, size, tree.reader());
    const auto report = verify_bundle(format_proof_bundle(bundle), verifier.text());
    return report ? "good" : report.error().rule;
  }

  tests::SmallLedger small_;
  std::vector<std::string> logged_;
  std::string sub_;
};

TEST_F(ForgedBundleTest, AnOrderlyLogIsGood) {
  enrol("clerk");
  product();
  EXPECT_EQ(rule(), "good");
}

TEST_F(ForgedBundleTest, TwoSuccessorsInAStrictSubjectAreAFork) {
  enrol("clerk");
  const auto added = product().front();
  log(update(added.sub, added.id, "B"));
  EXPECT_EQ(rule(), "verify.fork");
}

TEST_F(ForgedBundleTest, AKeySignsNothingBeforeItsEnrolmentOrAfterItsRevocation) {
  const auto early = log(small_.harvest("1", "clerk"));
  const auto enrolled = enrol("clerk");
  EXPECT_EQ(rule(), "verify.key");
  std::swap(logged_[1], logged_[2]);
  EXPECT_EQ(rule(), "good");
  revoke(enrolled, "clerk");
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

TEST_F(ForgedBundleTest, AnEntryNeedsNoPathWhereALoggedOneNamesIt) {
  enrol("clerk");
  const auto entries = product();
  log(update(entries[0].sub, entries[1].id, "B"));
  EXPECT_EQ(rule({2}), "good") << "named by prev";
  EXPECT_EQ(rule({2, 3}), "good") << "named by what is itself named";
  EXPECT_EQ(rule({2, 3, 4}), "verify.inclusion") << "the newest has nothing behind it";
}

TEST_F(ForgedBundleTest, AnInputIsNamedByWhatWasMadeOfIt) {
  enrol("clerk");
  const auto harvest = log(small_.harvest("9", "clerk"));
  log(small_.people.make("batch.pack/1")
          .by("clerk")
          .starts("batch")
          .from(harvest, "9")
          .data("{}")
          .sign());
  EXPECT_EQ(rule({2}), "good");
  EXPECT_EQ(rule({2, 3}), "verify.inclusion");
}

TEST_F(ForgedBundleTest, ANameIsOfOneSubjectAndOfWhatCameBefore) {
  enrol("clerk");
  const auto harvest = log(small_.harvest("9", "clerk"));
  const auto other = log(small_.harvest("8", "clerk"));
  log(small_.people.make("batch.recall/1")
          .by("clerk")
          .continues(other.sub, harvest.id)
          .data("{}")
          .sign());
  EXPECT_EQ(rule({2}), "verify.inclusion") << "named as an entry of another subject";
  const auto note = small_.people.make("batch.correct/1")
                        .by("clerk")
                        .continues(harvest.sub, harvest.id)
                        .data("{}")
                        .sign();
  logged_ = {logged_[0], logged_[1], note.jws, harvest.jws};
  EXPECT_EQ(rule({3}), "verify.inclusion") << "named by what is older";
}

TEST_F(ForgedBundleTest, WhatMovesKeysHasItsPlaceInTheLog) {
  const auto enrolled = enrol("clerk");
  log(small_.harvest("1", "clerk"));
  revoke(enrolled, "clerk");
  EXPECT_EQ(rule(), "good");
  EXPECT_EQ(rule({1}), "verify.named") << "an enrolment, though its revocation names it";
  EXPECT_EQ(rule({0}), "verify.named");
}

TEST_F(ForgedBundleTest, AnEntryNamedAfterItsKeysEndMayBeBackDated) {
  const auto enrolled = enrol("clerk");
  enrol("packer");
  const auto harvest = log(small_.harvest("1", "clerk"));
  const auto pack = [&](const char* amount) {
    log(small_.people.make("batch.pack/1")
            .by("packer")
            .starts("batch")
            .from(harvest, amount)
            .data("{}")
            .sign());
  };
  pack("1");
  revoke(enrolled, "clerk");
  pack("2");
  EXPECT_EQ(rule({3}), "good") << "the first that names it is older than the key's end";
  std::swap(logged_[4], logged_[5]);
  EXPECT_EQ(rule({3}), "verify.revoked");
  EXPECT_EQ(rule(), "good") << "its place in the log says when it was there";
}

TEST_F(ForgedBundleTest, AGenesisOfAnotherLogVouchesForNothing) {
  tests::People others("others");
  logged_.front() = others.genesis().jws;
  sub_ = others.genesis().sub;
  EXPECT_EQ(rule(), "verify.genesis");
}

}  // namespace
}  // namespace nguon::ledger
