#include "ledger/log/tile_tree.hpp"

#include "ledger/log/merkle.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/memory_tree.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nguon::ledger {
namespace {

// A tree over the leaves "0", "1", …, beside one that keeps every node in memory.
class TileTreeTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = *open_rocks_store(directory_ / "db", {});
    reload();
  }
  void reload() { tree_ = *TileTree::load(*store_, 0, reference_.size()); }
  void grow_to(std::uint64_t size, std::uint64_t step = 1024) {
    while (reference_.size() < size) {
      WriteBatch batch;
      std::vector<Hash> leaves;
      for (std::uint64_t i = 0; i < step && reference_.size() < size; ++i) {
        const std::string leaf = std::to_string(reference_.size());
        batch.put(Family::log, keys::leaf(0, reference_.size()), leaf);
        leaves.push_back(leaf_hash(leaf));
        reference_.append(leaf);
      }
      tree_->append(leaves, batch);
      ASSERT_EQ(store_->commit(batch, {}), Commit::done);
    }
  }

  tests::TempDir directory_;
  std::unique_ptr<Store> store_;
  MemoryTree reference_;
  std::unique_ptr<TileTree> tree_;
};

TEST_F(TileTreeTest, HasTheRootOfTheReferenceTreeAtEverySize) {
  for (std::uint64_t size = 1; size <= 600; ++size) {
    grow_to(size, 1);
    ASSERT_EQ(*tree_->root(size), reference_.root()) << size;
  }
  for (std::uint64_t size = 1; size <= 600; size += 7) {
    ASSERT_EQ(*tree_->root(size), reference_.root(size)) << size;
  }
}

TEST_F(TileTreeTest, GoesOnAfterReloadingAtEveryEdge) {
  // Growing on after each reload is checked by the next round.
  for (const std::uint64_t size : std::initializer_list<std::uint64_t>{
           1, 255, 256, 257, 511, 512, 65'535, 65'536, 65'537, 66'000}) {
    grow_to(size);
    ASSERT_EQ(*tree_->root(size), reference_.root()) << size;
    reload();
    ASSERT_EQ(*tree_->root(size), reference_.root()) << size;
  }
}

TEST_F(TileTreeTest, ProvesInclusionAndConsistencyAfterReloading) {
  grow_to(70'000);
  reload();
  for (std::uint64_t index = 3; index < 70'000; index += 997) {
    const auto path = tree_->inclusion(index, 70'000);
    ASSERT_TRUE(path);
    EXPECT_TRUE(verify_inclusion(index, 70'000, leaf_hash(std::to_string(index)), *path,
                                 reference_.root()));
  }
  for (std::uint64_t from = 1; from < 70'000; from += 4'999) {
    const auto path = tree_->consistency(from, 70'000);
    ASSERT_TRUE(path);
    EXPECT_TRUE(verify_consistency(from, 70'000, reference_.root(from), reference_.root(), *path));
  }
  EXPECT_FALSE(tree_->inclusion(70'000, 70'000));
}

TEST_F(TileTreeTest, ProvesInOneSizeAfterAnotherAndManyAtOnce) {
  grow_to(3'000);
  for (const std::uint64_t size : {3'000U, 2'999U, 2'048U, 3'000U, 1U, 2'571U}) {
    const Hash root = reference_.root(size);
    std::vector<std::uint64_t> indexes;
    std::vector<PlacedHash> leaves;
    for (std::uint64_t index = size / 7; index < size; index += 233) {
      const Hash leaf = leaf_hash(std::to_string(index));
      EXPECT_TRUE(verify_inclusion(index, size, leaf, *tree_->inclusion(index, size), root));
      indexes.push_back(index);
      leaves.push_back({index, leaf});
    }
    EXPECT_EQ(joint_root(leaves, size, *tree_->joint(indexes, size)), root) << size;
  }
}

TEST_F(TileTreeTest, ServesAnyWidthOfATileUpToTheSizeAsked) {
  grow_to(66'000);
  const auto tile = tree_->tile(0, 257, 200, 66'000);
  ASSERT_TRUE(tile);
  ASSERT_EQ(tile->size(), 200U * 32);
  EXPECT_EQ(tile->substr(32 * 100, 32), reference_.leaves()[257 * 256 + 100].view());
  EXPECT_EQ(tree_->tile(0, 257, 30, 66'000)->size(), 30U * 32);
  EXPECT_EQ(tree_->tile(1, 1, 1, 66'000)->size(), 32U);
  EXPECT_EQ(tree_->tile(2, 0, 1, 66'000)->size(), 32U);
  EXPECT_EQ(tree_->tile(0, 257, 209, 66'000).error().code, Errc::not_found);
  EXPECT_EQ(tree_->tile(0, 257, 0, 66'000).error().code, Errc::not_found);
  EXPECT_EQ(tree_->tile(0, 0, 257, 66'000).error().code, Errc::not_found);
  EXPECT_EQ(tree_->tile(3, 0, 1, 66'000).error().code, Errc::not_found);
  EXPECT_EQ(tree_->tile(63, 0, 1, 66'000).error().code, Errc::not_found);
  // As of a smaller size the tile was narrower.
  EXPECT_EQ(tree_->tile(0, 1, 256, 300).error().code, Errc::not_found);
  EXPECT_EQ(tree_->tile(0, 1, 44, 300)->size(), 44U * 32);
}

TEST_F(TileTreeTest, ALostLeafOrTileIsSeenOnLoading) {
  grow_to(600);
  WriteBatch lose;
  lose.erase(Family::log, keys::leaf(0, 590));
  ASSERT_EQ(store_->commit(lose, {}), Commit::done);
  EXPECT_EQ(TileTree::load(*store_, 0, 600).error().rule, "store.corrupt");
  WriteBatch lose_tile;
  lose_tile.erase(Family::log, keys::tile(0, 0, 1));
  ASSERT_EQ(store_->commit(lose_tile, {}), Commit::done);
  EXPECT_EQ(TileTree::load(*store_, 0, 580).error().rule, "store.corrupt");
}

}  // namespace
}  // namespace nguon::ledger
