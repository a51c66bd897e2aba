#include "ledger/log/merkle.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

std::string hex_of(const Hash& hash) { return hex_encode(hash.view()); }

/// RFC 6962 §2.1 word for word, sharing nothing with the code but SHA-256.
Hash definition(std::span<const Hash> leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  const Hash left = definition(leaves.subspan(0, k));
  const Hash right = definition(leaves.subspan(k));
  return sha256("\x01", left.view(), right.view());
}

TEST(Merkle, HashesCarryTheirPrefixes) {
  EXPECT_EQ(leaf_hash(""), sha256(std::string(1, '\0')));
  EXPECT_EQ(leaf_hash("L123456"), sha256(std::string("\0L123456", 8)));
  EXPECT_EQ(node_hash(sha256("a"), sha256("b")),
            sha256("\x01", sha256("a").view(), sha256("b").view()));
  EXPECT_EQ(hex_of(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(CompactRange, GivesTheDefinitionsRootAtEverySize) {
  CompactRange range;
  std::vector<Hash> leaves;
  EXPECT_EQ(range.root(), empty_root());
  for (int i = 0; i < 300; ++i) {
    leaves.push_back(leaf_hash(std::to_string(i)));
    range.append(leaves.back());
    ASSERT_EQ(range.root(), definition(leaves)) << leaves.size();
    ASSERT_EQ(merkle_root(leaves), range.root());
  }
}

TEST(CompactRange, TellsEveryCompletedNodeOnce) {
  CompactRange range;
  std::vector<std::pair<unsigned, std::uint64_t>> seen;
  for (int i = 0; i < 4; ++i) {
    range.append(leaf_hash("x"), [&seen](unsigned level, std::uint64_t index, const Hash&) {
      seen.emplace_back(level, index);
    });
  }
  const std::vector<std::pair<unsigned, std::uint64_t>> wanted = {{0, 0}, {0, 1}, {1, 0}, {0, 2},
                                                                  {0, 3}, {1, 1}, {2, 0}};
  EXPECT_EQ(seen, wanted);
}

TEST(CompactRange, ComesBackFromItsOctetsAndGrowsOn) {
  CompactRange range;
  for (int i = 0; i < 100; ++i) {
    auto again = CompactRange::parse(range.serialise());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, range);
    again->append(leaf_hash("next"));
    range.append(leaf_hash("next"));
    ASSERT_EQ(again->root(), range.root());
  }
}

TEST(CompactRange, RefusesOctetsItCouldNotHaveWritten) {
  CompactRange range;
  for (int i = 0; i < 5; ++i) range.append(leaf_hash("x"));
  const std::string octets = range.serialise();
  EXPECT_EQ(octets.size(), 8U + 2 * 32);
  for (std::size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(CompactRange::parse(octets.substr(0, size)));
  }
  EXPECT_FALSE(CompactRange::parse(octets + std::string(32, 'x')));
  EXPECT_EQ(CompactRange::parse("").error().rule, "tree.range");
}

TEST(CompactRange, OverEntryIdsIsASubjectHead) {
  CompactRange subject;
  EXPECT_EQ(subject.root(), empty_root());
  const std::vector<Hash> ids = {sha256("first entry"), sha256("second entry")};
  for (const Hash& id : ids) subject.append(leaf_hash(id.view()));
  EXPECT_EQ(subject.size(), 2U);
  EXPECT_EQ(subject.root(), node_hash(leaf_hash(ids[0].view()), leaf_hash(ids[1].view())));
}

TEST(Inclusion, RefusesAnIndexOutsideTheTree) {
  const Hash leaf = leaf_hash("x");
  EXPECT_TRUE(verify_inclusion(0, 1, leaf, {}, leaf));
  EXPECT_FALSE(verify_inclusion(1, 1, leaf, {}, leaf));
  EXPECT_FALSE(verify_inclusion(0, 0, leaf, {}, leaf));
  EXPECT_FALSE(verify_inclusion(0, 0, empty_root(), {}, empty_root()));
}

TEST(Inclusion, WorksAtTheFarEndOfTheNumbers) {
  // The last leaf of a tree of 2^64 − 1: one complete subtree per bit below it.
  const Hash leaf = leaf_hash("x");
  const std::vector<Hash> path(63, leaf);
  Hash root = leaf;
  for (const Hash& sibling : path) root = node_hash(sibling, root);
  EXPECT_TRUE(verify_inclusion(~0ULL - 1, ~0ULL, leaf, path, root));
  EXPECT_FALSE(verify_inclusion(~0ULL - 1, ~0ULL, leaf, std::span(path).subspan(1), root));
}

TEST(Consistency, OfTheEmptyTreeIsTheEmptyPath) {
  const Hash root = leaf_hash("x");
  EXPECT_TRUE(verify_consistency(0, 1, empty_root(), root, {}));
  EXPECT_FALSE(verify_consistency(0, 1, root, root, {}));
  EXPECT_FALSE(verify_consistency(0, 1, empty_root(), root, std::vector<Hash>{root}));
}

TEST(Consistency, RefusesATreeThatShrankOrChanged) {
  const Hash a = leaf_hash("a");
  const Hash b = leaf_hash("b");
  EXPECT_TRUE(verify_consistency(1, 1, a, a, {}));
  EXPECT_FALSE(verify_consistency(1, 1, a, b, {}));
  EXPECT_FALSE(verify_consistency(1, 1, a, a, std::vector<Hash>{a}));
  EXPECT_FALSE(verify_consistency(2, 1, a, a, {}));
}

}  // namespace
}  // namespace nguon::ledger
