#include "ledger/log/tile_builder.hpp"

#include "ledger/log/tile.hpp"

namespace nguon::ledger {

std::vector<TileBuilder::Tile> TileBuilder::append(const Hash& leaf) {
  // A node of tree level 8·L is a hash in a tile of level L.
  std::vector<Tile> full;
  range_.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
    if (level % tile_height != 0) return;
    std::string& tile = open_[level / tile_height];
    tile += hash.view();
    if (tile.size() < tile_width * 32) return;
    full.push_back({level / tile_height, index / tile_width, std::move(tile)});
    tile.clear();
  });
  return full;
}

std::map<unsigned, std::string> TileBuilder::open_tiles() const {
  std::map<unsigned, std::string> held = open_;
  std::erase_if(held, [](const auto& tile) { return tile.second.empty(); });
  return held;
}

}  // namespace nguon::ledger
