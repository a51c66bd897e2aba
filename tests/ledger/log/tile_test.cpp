#include "ledger/log/tile.hpp"

#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

/// The tile as the log must serve it, straight from the tree's nodes.
Result<std::string> tile_of(const MemoryTree& tree, const TilePath& path) {
  std::string tile;
  for (unsigned i = 0; i < path.width; ++i) {
    tile += tree.reader()(path.level * tile_height, path.number * tile_width + i)->view();
  }
  return tile;
}

TEST(TilePath, IsWrittenAsTheTextSays) {
  EXPECT_EQ(format_tile_path({false, 0, 0, 256}), "tile/0/000");
  EXPECT_EQ(format_tile_path({false, 1, 1'234'067, 256}), "tile/1/x001/x234/067");
  EXPECT_EQ(format_tile_path({false, 63, 1000, 255}), "tile/63/x001/000.p/255");
  EXPECT_EQ(format_tile_path({true, 0, 999, 1}), "tile/entries/999.p/1");
}

TEST(TilePath, ReadsWhatItWrites) {
  for (const std::uint64_t number :
       {0ULL, 1ULL, 999ULL, 1000ULL, 999'999ULL, 1'000'000ULL, 1'000'000'000ULL, 123'456'789'012ULL,
        72'057'594'037'927'935ULL}) {
    for (const unsigned width : {1U, 99U, 255U, 256U}) {
      for (const TilePath& path :
           {TilePath{false, 5, number, width}, TilePath{true, 0, number, width}}) {
        const auto again = parse_tile_path(format_tile_path(path));
        ASSERT_TRUE(again) << format_tile_path(path);
        EXPECT_EQ(*again, path);
      }
    }
  }
}

TEST(TilePath, RefusesEveryOtherSpelling) {
  for (const char* text : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000",
                           "tile/0/x000/001",
                           "tile/0/001/234",
                           "tile/0/x001/x234",
                           "tile/0/x001/x234/",
                           "tile/0/x001//234",
                           "tile/0/X001/234",
                           "tile/00/000",
                           "tile/01/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/+1/000",
                           "tile/0/-01",
                           "tile/0/0a0",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/1/",
                           "tile/0/000.p/1.p/1",
                           "tile/0/.p/1",
                           "tile/0/000.P/1",
                           "tile/Entries/000",
                           "tile/entries",
                           "tile/entries/000/",
                           "/tile/0/000",
                           "tile/0/000?x=1",
                           "tile/0/ 000",
                           "tile/0/x072/x057/x594/x037/x927/936",
                           "tile/0/x999/x999/x999/x999/x999/x999/999",
                           "tile/data/000",
                           "tile/8/0/000"}) {
    const auto parsed = parse_tile_path(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().rule, "tile.path");
  }
}

TEST(Tile, WidthsAreThoseOfTheTextsExample) {
  // "A tree of size 70,000": 273 full tiles and one of 112; one full and one of 17; one of 1.
  EXPECT_EQ(width_of_tile(0, 272, 70'000), 256U);
  EXPECT_EQ(width_of_tile(0, 273, 70'000), 112U);
  EXPECT_EQ(width_of_tile(0, 274, 70'000), 0U);
  EXPECT_EQ(width_of_tile(1, 0, 70'000), 256U);
  EXPECT_EQ(width_of_tile(1, 1, 70'000), 17U);
  EXPECT_EQ(width_of_tile(2, 0, 70'000), 1U);
  EXPECT_EQ(width_of_tile(3, 0, 70'000), 0U);
  EXPECT_EQ(width_of_tile(1, 0, 256), 1U);
  EXPECT_EQ(width_of_tile(0, 0, 0), 0U);
  EXPECT_EQ(width_of_tile(9, 0, ~0ULL), 0U);
}

TEST(Tile, GiveEveryNodeOfTheTree) {
  const MemoryTree tree = counting_tree(600);
  const NodeReader nodes =
      nodes_from_tiles(600, [&tree](const TilePath& path) { return tile_of(tree, path); });
  for (unsigned level = 0; level <= 9; ++level) {
    for (std::uint64_t index = 0; index < (600ULL >> level); ++index) {
      const auto node = nodes(level, index);
      ASSERT_TRUE(node);
      ASSERT_EQ(*node, *tree.reader()(level, index)) << level << " " << index;
    }
  }
}

TEST(Tile, LeadToTheRootAtEverySize) {
  const MemoryTree tree = counting_tree(600);
  for (const std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 600U}) {
    const NodeReader nodes =
        nodes_from_tiles(size, [&tree](const TilePath& path) { return tile_of(tree, path); });
    EXPECT_EQ(*subtree_root(0, size, nodes), tree.root(size)) << size;
  }
}

TEST(Tile, TooShortIsCorrupt) {
  const NodeReader nodes = nodes_from_tiles(
      10, [](const TilePath&) -> Result<std::string> { return std::string(9 * 32 + 31, 'x'); });
  EXPECT_TRUE(nodes(0, 8));
  EXPECT_EQ(nodes(0, 9).error().rule, "tile.hashes");
  EXPECT_EQ(nodes(1, 4).error().rule, "tile.hashes");
}

TEST(Bundle, ReadsWhatItWrites) {
  const std::vector<std::string> entries = {"", "a", std::string(300, 'b'),
                                            std::string(max_bundle_entry_size, 'c')};
  std::string bundle;
  for (const std::string& entry : entries) append_to_bundle(bundle, entry);
  EXPECT_EQ(bundle.substr(0, 5), std::string("\0\0\0\1a", 5));
  const auto parsed = parse_bundle(bundle);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(std::vector<std::string>(parsed->begin(), parsed->end()), entries);
  EXPECT_TRUE(parse_bundle("")->empty());
}

TEST(Bundle, RefusesLengthsThatDoNotAddUp) {
  std::string bundle;
  append_to_bundle(bundle, "abc");
  for (std::size_t size = 1; size < bundle.size(); ++size) {
    EXPECT_EQ(parse_bundle(bundle.substr(0, size)).error().rule, "tile.entries");
  }
  EXPECT_FALSE(parse_bundle(bundle + "x"));
  std::string many;
  for (int i = 0; i < 257; ++i) append_to_bundle(many, "");
  EXPECT_FALSE(parse_bundle(many));
  EXPECT_TRUE(parse_bundle(std::string_view(many).substr(2)));
}

}  // namespace
}  // namespace nguon::ledger
