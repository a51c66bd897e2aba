#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/vectors/vectors.hpp"

#include <boost/json/object.hpp>
#include <gtest/gtest.h>

#include <set>

// The checkpoint notes and inclusion proofs inside bundles of Rekor v2, as sigstore-conformance
// keeps them: one signed plainly, some cosigned by a witness nobody here knows, one damaged. A
// folder whose name ends in `_fail` must fail, every other must pass.

namespace nguon::ledger {
namespace {

/// SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4): this prefix, then the 32 octets.
constexpr std::string_view spki_prefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);

/// The key that the trust root gives to the log of that name.
Result<NoteVerifier> log_key(const boost::json::object& trusted, const std::string& origin) {
  for (const auto& log : trusted.at("tlogs").as_array()) {
    const boost::json::object& one = log.as_object();
    const boost::json::object& key = one.at("publicKey").as_object();
    const auto spki = base64_decode(vectors::text(key, "rawBytes"));
    if (vectors::text(one, "baseUrl") != "https://" + origin || !spki ||
        !spki->starts_with(spki_prefix)) {
      continue;
    }
    NGUON_TRY(const PublicKey raw, PublicKey::from_ed25519(spki->substr(spki_prefix.size())));
    return NoteVerifier::make(origin, raw);
  }
  return invalid("note.unknown-keys");
}

/// The checkpoint is signed by its log, and the entry is under it.
bool proved(const boost::json::object& entry, const boost::json::object& trusted) {
  const boost::json::object& proof = entry.at("inclusionProof").as_object();
  const std::string note = vectors::text(proof.at("checkpoint").as_object(), "envelope");
  const auto key = log_key(trusted, note.substr(0, note.find('\n')));
  if (!key) return false;
  const auto checkpoint = open_checkpoint(note, *key);
  const auto path = vectors::hashes(proof, "hashes");
  const auto leaf = base64_decode(vectors::text(entry, "canonicalizedBody"));
  if (!checkpoint || !path || !leaf) return false;
  EXPECT_EQ(base64_encode(checkpoint->root.view()), vectors::text(proof, "rootHash"));
  EXPECT_EQ(std::to_string(checkpoint->size), vectors::text(proof, "treeSize"));
  return verify_inclusion(std::stoull(vectors::text(proof, "logIndex")), checkpoint->size,
                          leaf_hash(*leaf), *path, checkpoint->root);
}

TEST(Sigstore, CheckpointsInsideBundlesGetTheirStatedVerdict) {
  std::set<std::string> passed, failed;
  for (const auto& folder : std::filesystem::directory_iterator(vectors::tlog_file("sigstore"))) {
    if (!folder.is_directory()) continue;
    const std::string name = folder.path().filename();
    const auto bundle = vectors::parse(vectors::read(folder.path() / "bundle.sigstore.json"));
    const auto trusted = vectors::parse(vectors::read(folder.path() / "trusted_root.json"));
    const auto& entries = bundle.at("verificationMaterial").at("tlogEntries").as_array();
    ASSERT_FALSE(entries.empty()) << name;
    bool good = true;
    for (const auto& entry : entries) good &= proved(entry.as_object(), trusted.as_object());
    EXPECT_EQ(good, !name.ends_with("_fail")) << name;
    (good ? passed : failed).insert(name);
  }
  EXPECT_FALSE(passed.empty());
  EXPECT_FALSE(failed.empty());
  std::cout << "sigstore: " << passed.size() << " bundles pass, " << failed.size() << " fail\n";
}

}  // namespace
}  // namespace nguon::ledger
