#include "ledger/log/merkle_proof.hpp"

#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

#include <random>

namespace nguon::ledger {
namespace {

constexpr std::uint64_t largest = 300;

Hash flipped(Hash hash, std::size_t octet) {
  hash.bytes[octet % 32] ^= 1;
  return hash;
}

TEST(MerkleProof, EveryLeafOfEveryTreeIsProved) {
  const MemoryTree tree = counting_tree(largest);
  for (std::uint64_t size = 1; size <= largest; ++size) {
    const Hash root = tree.root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto path = inclusion_path(index, size, tree.reader());
      ASSERT_TRUE(path);
      const Hash& leaf = tree.leaves()[index];
      ASSERT_TRUE(verify_inclusion(index, size, leaf, *path, root)) << index << " of " << size;
      ASSERT_FALSE(verify_inclusion(index ^ 1, size, leaf, *path, root) && size > 1);
    }
  }
}

TEST(JointPath, LeadsAnyLeavesOfAnyTreeToItsRootAndNoOthers) {
  const MemoryTree tree = counting_tree(largest);
  const int seed = testing::UnitTest::GetInstance()->random_seed();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  for (int turn = 0; turn < 1000; ++turn) {
    const std::uint64_t size = random() % largest + 1;
    const std::uint64_t one_in = random() % 20 + 1;
    std::vector<std::uint64_t> indexes;
    for (std::uint64_t index = 0; index < size; ++index) {
      if (random() % one_in == 0) indexes.push_back(index);
    }
    if (indexes.empty()) indexes.push_back(random() % size);
    std::vector<PlacedHash> leaves;
    for (const auto index : indexes) leaves.push_back({index, tree.leaves()[index]});
    const auto path = *joint_path(indexes, size, tree.reader());
    ASSERT_EQ(joint_root(leaves, size, path), tree.root(size)) << size;
    auto other = leaves;
    auto& changed = other[random() % other.size()].hash;
    changed = flipped(changed, random());
    ASSERT_NE(joint_root(other, size, path), tree.root(size));
    auto longer = path;
    longer.push_back(tree.root(size));
    ASSERT_EQ(joint_root(leaves, size, longer), std::nullopt);
    if (path.empty()) continue;
    ASSERT_EQ(joint_root(leaves, size, std::span(path).first(path.size() - 1)), std::nullopt);
    auto broken = path;
    broken[random() % broken.size()] = flipped(broken[0], random());
    ASSERT_NE(joint_root(leaves, size, broken), tree.root(size));
  }
}

TEST(JointPath, OfOneLeafIsItsAuditPathFromLeftToRight) {
  const MemoryTree tree = counting_tree(7);
  const auto path = *inclusion_path(4, 7, tree.reader());  // leaf 5, leaf 6, then leaves 0 to 3
  const auto joint = *joint_path(std::vector<std::uint64_t>{4}, 7, tree.reader());
  EXPECT_EQ(joint, (std::vector<Hash>{path[2], path[0], path[1]}));
}

TEST(JointPath, AsksForRisingIndexesInTheTree) {
  const MemoryTree tree = counting_tree(3);
  for (const std::vector<std::uint64_t>& indexes :
       {std::vector<std::uint64_t>{}, {3}, {1, 1}, {2, 1}}) {
    EXPECT_EQ(joint_path(indexes, 3, tree.reader()).error().rule, "tree.index");
  }
}

TEST(MerkleProof, EveryTreeIsConsistentWithEveryLaterOne) {
  const MemoryTree tree = counting_tree(largest);
  std::vector<Hash> roots;
  for (std::uint64_t size = 0; size <= largest; ++size) roots.push_back(tree.root(size));
  for (std::uint64_t n = 0; n <= largest; ++n) {
    for (std::uint64_t m = 0; m <= n; ++m) {
      const auto path = consistency_path(m, n, tree.reader());
      ASSERT_TRUE(path);
      ASSERT_TRUE(verify_consistency(m, n, roots[m], roots[n], *path)) << m << " to " << n;
    }
  }
}

TEST(MerkleProof, AnyFlippedOctetOfAnInclusionProofFails) {
  const MemoryTree tree = counting_tree(100);
  std::mt19937_64 random(20261121);
  for (int turn = 0; turn < 200; ++turn) {
    const std::uint64_t size = random() % 99 + 2;
    const std::uint64_t index = random() % size;
    const Hash leaf = tree.leaves()[index];
    const Hash root = tree.root(size);
    const std::vector<Hash> path = *inclusion_path(index, size, tree.reader());
    for (std::size_t octet = 0; octet < 32 * path.size(); ++octet) {
      std::vector<Hash> broken = path;
      broken[octet / 32] = flipped(broken[octet / 32], octet);
      ASSERT_FALSE(verify_inclusion(index, size, leaf, broken, root));
    }
    for (std::size_t octet = 0; octet < 32; ++octet) {
      ASSERT_FALSE(verify_inclusion(index, size, flipped(leaf, octet), path, root));
      ASSERT_FALSE(verify_inclusion(index, size, leaf, path, flipped(root, octet)));
    }
    std::vector<Hash> longer = path;
    longer.push_back(root);
    ASSERT_FALSE(verify_inclusion(index, size, leaf, longer, root));
    ASSERT_FALSE(verify_inclusion(index, size, leaf, std::span(path).first(path.size() - 1), root));
  }
}

TEST(MerkleProof, AnyFlippedOctetOfAConsistencyProofFails) {
  const MemoryTree tree = counting_tree(100);
  std::mt19937_64 random(20261122);
  for (int turn = 0; turn < 200; ++turn) {
    const std::uint64_t n = random() % 99 + 2;
    const std::uint64_t m = random() % (n - 1) + 1;
    const Hash old_root = tree.root(m);
    const Hash new_root = tree.root(n);
    const std::vector<Hash> path = *consistency_path(m, n, tree.reader());
    ASSERT_FALSE(path.empty());
    for (std::size_t octet = 0; octet < 32 * path.size(); ++octet) {
      std::vector<Hash> broken = path;
      broken[octet / 32] = flipped(broken[octet / 32], octet);
      ASSERT_FALSE(verify_consistency(m, n, old_root, new_root, broken));
    }
    for (std::size_t octet = 0; octet < 32; ++octet) {
      ASSERT_FALSE(verify_consistency(m, n, flipped(old_root, octet), new_root, path));
      ASSERT_FALSE(verify_consistency(m, n, old_root, flipped(new_root, octet), path));
    }
    std::vector<Hash> longer = path;
    longer.push_back(new_root);
    ASSERT_FALSE(verify_consistency(m, n, old_root, new_root, longer));
    ASSERT_FALSE(verify_consistency(m, n, old_root, new_root, std::span(path).subspan(1)));
  }
}

TEST(MerkleProof, RefusesNumbersOutsideTheTree) {
  const MemoryTree tree = counting_tree(3);
  EXPECT_EQ(inclusion_path(3, 3, tree.reader()).error().rule, "tree.index");
  EXPECT_EQ(consistency_path(4, 3, tree.reader()).error().rule, "tree.index");
}

TEST(MerkleProof, PassesOnTheReadersError) {
  const NodeReader broken = [](unsigned, std::uint64_t) -> Result<Hash> {
    return Error{Errc::unavailable, "store.read", {}, {}};
  };
  EXPECT_EQ(inclusion_path(1, 5, broken).error().rule, "store.read");
  EXPECT_EQ(consistency_path(2, 5, broken).error().rule, "store.read");
  EXPECT_EQ(subtree_root(0, 5, broken).error().rule, "store.read");
}

TEST(MerkleProof, ATreeOfNoLeavesHasTheEmptyRoot) {
  const MemoryTree tree;
  EXPECT_EQ(*subtree_root(0, 0, tree.reader()), empty_root());
  EXPECT_TRUE(consistency_path(0, 0, tree.reader())->empty());
}

}  // namespace
}  // namespace nguon::ledger
