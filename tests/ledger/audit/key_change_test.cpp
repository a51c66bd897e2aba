// Readers who know one log key and are shown a log that goes on under others.
#include "ledger/audit/audit.hpp"
#include "ledger/audit/bundle.hpp"
#include "ledger/audit/head_verify.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/entropy.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle_proof.hpp"
#include "tests/support/changing_keys.hpp"
#include "tests/support/memory_tree.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

class FollowKeysTest : public testing::Test {
 protected:
  std::string vkey(std::string_view name) {
    return NoteVerifier::make(small().log->origin(), small().people.key(name).public_key())->text();
  }
  tests::SmallLedger& small() { return changing_.small; }
  /// log → log-2 → log-3, each alone at times; the service key changes on the way.
  void live() {
    for (const char* name : {"log-2", "log-3", "service-2"}) changing_.hold(name);
    small().add(changing_.change("root", {{KeyUse::log, "log-2"}}));
    small().add(changing_.change("root", {}, {"log"}));
    picked_ = small().add(small().harvest()).sub;
    old_head_ = small().log->subject_head(picked_)->jws;
    small().add(changing_.change("recovery",
                                 {{KeyUse::log, "log-3"}, {KeyUse::service, "service-2"}},
                                 {"log-2", "service"}));
  }
  std::string rule(const std::string& bundle, std::string_view name) {
    const auto report = verify_bundle(bundle, vkey(name));
    return report ? "good" : report.error().rule + report.error().field;
  }

  tests::ChangingKeys changing_;
  std::string picked_, old_head_;
};

TEST_F(FollowKeysTest, WhoeverKnowsAnEarlierKeyIsLedToTheNewest) {
  live();
  const std::string bundle = *make_bundle(*small().log, picked_);
  for (const char* name : {"log", "log-2", "log-3"}) EXPECT_EQ(rule(bundle, name), "good") << name;
  EXPECT_EQ(rule(bundle, "service"), "note.unknown-keys/checkpoint");
}

TEST_F(FollowKeysTest, NeverBackToAnEarlierKey) {
  changing_.hold("log-2");
  picked_ = small().add(small().harvest()).sub;
  const std::string early = *make_bundle(*small().log, picked_);
  small().add(changing_.change("root", {{KeyUse::log, "log-2"}}));
  EXPECT_EQ(rule(early, "log"), "good");
  EXPECT_EQ(rule(early, "log-2"), "note.unknown-keys/checkpoint");
}

TEST_F(FollowKeysTest, ARetiredKeySaysNothingOfATreeThatHoldsItsEnd) {
  live();
  ProofBundle bundle = *parse_proof_bundle(*make_bundle(*small().log, picked_));
  const auto head = small().log->head();
  for (const char* name : {"log", "log-2"}) {
    const auto& key = small().people.key(name);
    const auto verifier = *NoteVerifier::make(bundle.origin, key.public_key());
    bundle.checkpoint = sign_checkpoint({bundle.origin, head.size, head.root}, verifier, key);
    EXPECT_EQ(rule(format_proof_bundle(bundle), name), "verify.log-key/checkpoint");
  }
}

TEST_F(FollowKeysTest, WithoutTheChangesNobodyFollows) {
  live();
  ProofBundle bundle = *parse_proof_bundle(*make_bundle(*small().log, picked_));
  std::erase_if(bundle.entries, [](const BundledEntry& bundled) {
    return read_linked(0, 0, bundled.jws())->entry.is("log.keys");
  });
  EXPECT_EQ(rule(format_proof_bundle(bundle), "log"), "note.unknown-keys/checkpoint");
  EXPECT_EQ(rule(format_proof_bundle(bundle), "log-3"), "verify.genesis/entries/0");
}

TEST_F(FollowKeysTest, StatementsAreJudgedByTheSizeTheyName) {
  live();
  const auto report = *verify_bundle(*make_bundle(*small().log, picked_), vkey("log"));
  EXPECT_TRUE(verify_head(old_head_, report)) << "the old service key, of a size before its end";
  HeadClaims claims = small().log->subject_head(picked_)->claims;
  claims.size = small().log->head().size;
  claims.log_root = small().log->head().root;
  EXPECT_TRUE(verify_head(sign_head(small().people.key("service-2"), claims), report));
  EXPECT_EQ(verify_head(sign_head(small().people.key("service"), claims), report).error().rule,
            "verify.service-key")
      << "the old key, of a size that holds its end";
  const auto before = open_head(old_head_, small().people.key("service").public_key());
  EXPECT_EQ(verify_head(sign_head(small().people.key("service-2"), *before), report).error().rule,
            "verify.service-key")
      << "the new key, of a size that does not hold its beginning";
}

TEST_F(FollowKeysTest, AFolderIsAuditedFromAnEarlierKey) {
  live();
  const std::string folder = small().directory / "mirror";
  small().mirror_to(folder);
  for (const char* name : {"log", "log-2", "log-3"}) {
    const auto report = audit_folder(LogFolder(folder), *NoteVerifier::parse(vkey(name)));
    EXPECT_TRUE(report) << name << report.error().rule << report.error().detail;
  }
  EXPECT_EQ(audit_folder(LogFolder(folder), *NoteVerifier::parse(vkey("service"))).error().rule,
            "note.unknown-keys");
  EXPECT_TRUE(audit_store(*small().store, 0, *small().anchor->read()));
}

/// Somebody without any key of the log, who writes a genesis that names its log key.
class ForgedKeysTest : public FollowKeysTest {
 protected:
  /// A log of its own: the genesis of `people`, then `entries`, signed by `signer`.
  std::string forge(const std::vector<std::string>& entries, std::string_view signer,
                    const std::string& sub) {
    MemoryTree tree;
    for (const auto& jws : entries) tree.append(encode_leaf(1, jws));
    const std::uint64_t size = entries.size();
    const auto& key = small().people.key(signer);
    ProofBundle bundle;
    bundle.origin = small().log->origin();
    bundle.sub = sub;
    const auto name = *NoteVerifier::make(bundle.origin, key.public_key());
    bundle.checkpoint = sign_checkpoint({bundle.origin, size, tree.root()}, name, key);
    for (std::uint64_t index = 0; index < size; ++index) {
      bundle.entries.push_back(*BundledEntry::from(entries[index], LogPlace{index, 1}));
    }
    return format_proof_bundle(bundle);
  }
  /// Index 0 with the true log key, everything else the forger's.
  MadeEntry false_genesis() {
    const auto leaf = small().log->leaf(0);
    auto data = read_linked(0, 0, leaf->jws)->entry.data;
    const auto jwk = [&](std::string_view name) {
      return boost::json::parse(small().people.key(name).public_key().jwk());
    };
    data["root"] = jwk("root-false");
    data["service"] = jwk("service-false");
    Draft draft;
    draft.sub = "org";
    draft.data = data;
    return *EntryMaker({}, system_entropy())
                .make(small().people.key("root-false"), *small().people.bundle().find("genesis/1"),
                      draft);
  }
  MadeEntry false_change(const MadeEntry& genesis, const std::optional<KeyChange::Before>& before) {
    const auto& key = small().people.key("log-false");
    Draft draft;
    draft.sub = genesis.sub;
    draft.prev = genesis.id;
    draft.data["log"] = {{"jwk", boost::json::parse(key.public_key().jwk())},
                         {"proof", prove_possession(key, KeyUse::log, genesis.id, genesis.sub)}};
    draft.data["retire"] = boost::json::array{small().people.key("log").kid()};
    if (before) {
      boost::json::array path;
      for (const auto& hash : before->path) path.emplace_back(base64url_encode(hash));
      draft.data["before"] = {{"checkpoint", before->checkpoint}, {"path", std::move(path)}};
    }
    return *EntryMaker(genesis.id, system_entropy())
                .make(small().people.key("root-false"), *small().people.bundle().find("log.keys/1"),
                      draft);
  }
};

TEST_F(ForgedKeysTest, AGenesisThatNamesTheTrueLogKeyLeadsNowhere) {
  const auto genesis = false_genesis();
  const auto blank = false_change(genesis, {});
  EXPECT_EQ(rule(forge({genesis.jws, blank.jws}, "log-false", genesis.sub), "log"),
            "note.unknown-keys/checkpoint");
  const auto borrowed = false_change(genesis, changing_.before());
  EXPECT_EQ(rule(forge({genesis.jws, borrowed.jws}, "log-false", genesis.sub), "log"),
            "note.unknown-keys/checkpoint")
      << "a true checkpoint does not hold the false index 0";
}

TEST_F(ForgedKeysTest, AChangeByAKeyNotInChargeIsRefused) {
  changing_.hold("log-2");
  const auto good = changing_.change("root", {{KeyUse::log, "log-2"}});
  const auto entry = read_linked(1, 0, good.jws)->entry;
  // The service signs what only a root key may say.
  Draft draft;
  draft.sub = entry.sub;
  draft.prev = small().people.genesis().id;
  draft.data = entry.data;
  const auto bad =
      *EntryMaker(small().people.deployment_id(), system_entropy())
           .make(small().people.key("service"), *small().people.bundle().find("log.keys/1"), draft);
  EXPECT_EQ(rule(forge({small().people.genesis().jws, bad.jws}, "log-2", entry.sub), "log"),
            "keys.signer/entries/1");
}

}  // namespace
}  // namespace nguon::ledger
