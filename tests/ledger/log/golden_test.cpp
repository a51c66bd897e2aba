// tests/ledger/golden/log was written by golang.org/x/mod, the cosignature and the files that hold
// one by Node's crypto: what we write must be the same octets.

#include "ledger/base/base64url.hpp"
#include "ledger/log/add_checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/log/tlog_proof.hpp"
#include "ledger/log/witness_policy.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace nguon::ledger {
namespace {

std::string golden(const std::string& name) {
  std::ifstream file(std::string(NGUON_LEDGER_GOLDEN "/log/") + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  std::ostringstream octets;
  octets << file.rdbuf();
  return octets.str();
}

std::vector<std::string> golden_lines(const std::string& name) {
  std::istringstream text(golden(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::string golden_octets(const std::string& name) {
  std::string octets;
  for (const std::string& line : golden_lines(name)) octets += *hex_decode(line);
  return octets;
}

MemoryTree golden_tree() {
  MemoryTree tree;
  for (const std::string& leaf : golden_lines("leaves.txt")) tree.append(leaf);
  return tree;
}

PrivateKey golden_key() { return PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l')); }

NoteVerifier golden_verifier() {
  return *NoteVerifier::make("so.example/log/0", golden_key().public_key());
}

std::string golden_checkpoint(const MemoryTree& tree) {
  return sign_checkpoint({"so.example/log/0", tree.size(), tree.root()}, golden_verifier(),
                         golden_key());
}

TEST(GoldenLog, RootsAtEverySize) {
  const MemoryTree tree = golden_tree();
  std::string text;
  for (std::uint64_t size = 0; size <= 7; ++size) {
    text += std::to_string(size) + " " + base64_encode(tree.root(size).view()) + "\n";
  }
  EXPECT_EQ(text, golden("roots.txt"));
}

TEST(GoldenLog, TileAndBundle) {
  const MemoryTree tree = golden_tree();
  std::string tile;
  std::string bundle;
  for (const Hash& leaf : tree.leaves()) tile += leaf.view();
  for (const std::string& leaf : golden_lines("leaves.txt")) append_to_bundle(bundle, leaf);
  EXPECT_EQ(tile, golden_octets("tile_0_000.p_7.hex"));
  EXPECT_EQ(bundle, golden_octets("tile_entries_000.p_7.hex"));
}

TEST(GoldenLog, RangeOfSevenLeaves) {
  CompactRange range;
  const MemoryTree tree = golden_tree();
  for (const Hash& leaf : tree.leaves()) range.append(leaf);
  const NodeReader node = tree.reader();
  EXPECT_EQ(hex_encode(range.serialise()), "0000000000000007" + hex_encode(node(2, 0)->view()) +
                                               hex_encode(node(1, 2)->view()) +
                                               hex_encode(node(0, 6)->view()));
}

TEST(GoldenLog, VerifierKey) { EXPECT_EQ(golden_verifier().text() + "\n", golden("vkey")); }

TEST(GoldenLog, Checkpoint) { EXPECT_EQ(golden_checkpoint(golden_tree()), golden("checkpoint")); }

TEST(GoldenLog, InclusionProof) {
  const MemoryTree tree = golden_tree();
  const TlogProof proof{{}, 4, *inclusion_path(4, 7, tree.reader()), golden_checkpoint(tree)};
  EXPECT_EQ(format_tlog_proof(proof), golden("proof_4.tlog-proof"));
  const auto parsed = parse_tlog_proof(golden("proof_4.tlog-proof"));
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(verify_tlog_proof(*parsed, leaf_hash("mẫu 4"), golden_verifier()));
}

TEST(GoldenLog, ConsistencyPath) {
  const MemoryTree tree = golden_tree();
  const auto path = consistency_path(3, 7, tree.reader());
  ASSERT_TRUE(path);
  std::string text;
  for (const Hash& hash : *path) text += base64_encode(hash.view()) + "\n";
  EXPECT_EQ(text, golden("consistency_3_7.txt"));
}

TEST(GoldenLog, CosignedCheckpoint) {
  const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'w'));
  const NoteVerifier witness =
      *NoteVerifier::make_witness("witness.dai-hoc.example", key.public_key());
  const std::string text = checkpoint_text({"so.example/log/0", 7, golden_tree().root()});
  EXPECT_EQ(golden_checkpoint(golden_tree()) + cosignature_line(text, 1'789'000'060, witness, key),
            golden("cosigned_checkpoint"));
}

TEST(GoldenLog, AddCheckpointRequest) {
  const MemoryTree tree = golden_tree();
  const AddCheckpoint request{3, *consistency_path(3, 7, tree.reader()), golden_checkpoint(tree)};
  EXPECT_EQ(format_add_checkpoint(request), golden("add_checkpoint_3.txt"));
  EXPECT_EQ(*parse_add_checkpoint(golden("add_checkpoint_3.txt")), request);
}

TEST(GoldenLog, OneOfThreeWitnessesIsNotTheTwoThatThePolicyAsksFor) {
  const auto policy = WitnessPolicy::parse(golden("policy.txt"));
  ASSERT_TRUE(policy) << policy.error().detail;
  const auto standing = policy->judge(golden("cosigned_checkpoint"), policy->log_keys());
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->cosigned(), 1U);
  EXPECT_EQ(standing->times.size(), 3U);
  EXPECT_EQ(standing->times[0], 1'789'000'060U);
  EXPECT_FALSE(standing->quorum);
}

}  // namespace
}  // namespace nguon::ledger
