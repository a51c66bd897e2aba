#include "ledger/log/checkpoint.hpp"
#include "ledger/log/tile.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <set>

// A folder log written by transparency-dev/tessera.

namespace nguon::ledger {
namespace {

constexpr std::string_view vkey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

std::filesystem::path folder() { return vectors::tlog_file("tessera_log") / "log"; }

Result<std::string> tile_file(const TilePath& path) {
  return vectors::read(folder() / format_tile_path(path));
}

/// Every distinct checkpoint of the folder, by size.
std::set<std::string> checkpoint_files() {
  std::set<std::string> names;
  for (const auto& item : std::filesystem::directory_iterator(folder())) {
    const std::string name = item.path().filename();
    if (name.starts_with("checkpoint.")) names.insert(name);
  }
  return names;
}

TEST(TesseraLog, EveryCheckpointVerifiesAndItsTilesGiveItsRoot) {
  const auto log = NoteVerifier::parse(vkey);
  ASSERT_TRUE(log);
  std::size_t count = 0;
  for (const std::string& name : checkpoint_files()) {
    const auto checkpoint = open_checkpoint(vectors::read(folder() / name), *log);
    ASSERT_TRUE(checkpoint) << name << " " << checkpoint.error().rule;
    EXPECT_EQ(name, "checkpoint." + std::to_string(checkpoint->size));
    const auto root =
        subtree_root(0, checkpoint->size, nodes_from_tiles(checkpoint->size, tile_file));
    ASSERT_TRUE(root);
    EXPECT_EQ(*root, checkpoint->root) << name;
    ++count;
  }
  EXPECT_GT(count, 0U);
  EXPECT_TRUE(open_checkpoint(vectors::read(folder() / "checkpoint"), *log));
  std::cout << "tessera_log: " << count << " checkpoints\n";
}

TEST(TesseraLog, EntryBundlesHashToTheLeavesOfTheirTiles) {
  std::size_t count = 0;
  const auto log = NoteVerifier::parse(vkey);
  for (const std::string& name : checkpoint_files()) {
    const auto checkpoint = open_checkpoint(vectors::read(folder() / name), *log);
    ASSERT_TRUE(checkpoint);
    const unsigned width = width_of_tile(0, 0, checkpoint->size);
    if (width == 0) continue;
    const std::string tile = *tile_file({false, 0, 0, width});
    const std::string bundle = *tile_file({true, 0, 0, width});
    const auto entries = parse_bundle(bundle);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), width);
    std::string again;
    for (unsigned i = 0; i < width; ++i) {
      EXPECT_EQ(leaf_hash((*entries)[i]), node_in_tile(tile, 0, i)) << name << " " << i;
      append_to_bundle(again, (*entries)[i]);
      ++count;
    }
    EXPECT_EQ(again, bundle);
  }
  EXPECT_GT(count, 0U);
  std::cout << "tessera_log: " << count << " entries in bundles\n";
}

}  // namespace
}  // namespace nguon::ledger
