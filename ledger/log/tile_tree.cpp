#include "ledger/log/tile_tree.hpp"

#include "ledger/log/tile.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr unsigned kept_row = 4;  // Rows below it are hashed anew from at most eight leaves.

/// Place of a node of row 4 … 8 among the kept ones.
std::size_t kept_place(unsigned row, std::uint64_t column) {
  return 32 - (std::size_t{512} >> row) + column;
}

Hash hash_in(std::string_view tile, std::uint64_t place) {
  Hash hash;
  tile.copy(reinterpret_cast<char*>(hash.bytes.data()), 32, place * 32);
  return hash;
}

/// The root over 2^row hashes of a tile.
Hash low_node(std::string_view tile, unsigned row, std::uint64_t column) {
  if (row == 0) return hash_in(tile, column);
  return node_hash(low_node(tile, row - 1, 2 * column), low_node(tile, row - 1, 2 * column + 1));
}

Error missing(const std::string& what) {
  return {Errc::corrupt, "store.corrupt", {}, what + " is missing from the store"};
}

}  // namespace

void TileTree::Tile::push(const Hash& hash) {
  std::uint64_t column = width++;
  nodes[at(0, column)] = hash;
  for (unsigned row = 0; row < 8 && (column & 1) == 1; ++row, column >>= 1) {
    nodes[at(row + 1, column >> 1)] = node_hash(nodes[at(row, column - 1)], nodes[at(row, column)]);
  }
}

Result<Hash> TileTree::node(unsigned level, std::uint64_t index) const {
  const unsigned tile_level = level / 8;
  const unsigned row = level % 8;
  const std::uint64_t number = index >> (8 - row);
  const std::uint64_t column = index & ((std::uint64_t{1} << (8 - row)) - 1);
  {
    const std::scoped_lock lock(mutex_);
    if (tile_level < edge_.size() && edge_[tile_level].number == number) {
      return edge_[tile_level].nodes[Tile::at(row, column)];
    }
    if (row >= kept_row) {
      if (const auto* known = uppers_.find(tile_key(tile_level, number))) {
        return (**known)[kept_place(row, column)];
      }
    }
  }
  if (row >= kept_row) {
    NGUON_TRY(const auto upper, make_upper(tile_level, number));
    return (*upper)[kept_place(row, column)];
  }
  NGUON_TRY(const auto tile, full_tile(tile_level, number));
  return low_node(*tile, row, column);
}

Result<std::unique_ptr<TileTree>> TileTree::load(const Store& store, std::uint32_t log,
                                                 std::uint64_t size) {
  auto tree = std::unique_ptr<TileTree>(new TileTree(store, log));
  tree->size_ = size;
  for (unsigned level = 0;; ++level) {
    const std::uint64_t nodes = level * 8 < 64 ? size >> (level * 8) : 0;
    if (nodes == 0) break;
    Tile edge;
    edge.number = nodes / tile_width;
    const std::uint64_t first = edge.number * tile_width;
    if (level == 0) {
      NGUON_CHECK(store.scan(Family::log, keys::leaf(log, first), keys::leaf(log, size),
                             [&](std::string_view, std::string_view leaf) {
                               edge.push(leaf_hash(leaf));
                               return true;
                             }));
      if (edge.width != nodes - first) return missing("a leaf");
    } else {
      for (std::uint64_t child = first; child < nodes; ++child) {
        NGUON_TRY(const auto upper, tree->make_upper(level - 1, child));
        edge.push((*upper)[kept_place(8, 0)]);
      }
    }
    tree->edge_.push_back(edge);
  }
  return tree;
}

void TileTree::append(std::span<const Hash> leaves, WriteBatch& batch) {
  const std::scoped_lock lock(mutex_);
  for (const Hash& leaf : leaves) push(0, leaf, batch);
  size_ += leaves.size();
}

void TileTree::push(unsigned level, const Hash& hash, WriteBatch& batch) {
  if (level == edge_.size()) edge_.emplace_back();
  edge_[level].push(hash);
  if (edge_[level].width < tile_width) return;
  const Tile full = edge_[level];
  edge_[level] = Tile{};
  edge_[level].number = full.number + 1;
  auto octets = std::make_shared<std::string>();
  octets->reserve(tile_width * 32);
  for (unsigned i = 0; i < tile_width; ++i) *octets += full.nodes[i].view();
  batch.put(Family::log, keys::tile(log_, level, full.number), *octets);
  const Key key = tile_key(level, full.number);
  auto upper = std::make_shared<Upper>();
  std::copy(full.nodes.begin() + static_cast<std::ptrdiff_t>(Tile::at(kept_row, 0)),
            full.nodes.end(), upper->begin());
  tiles_.put(key, std::move(octets));
  uppers_.put(key, std::move(upper));
  push(level + 1, full.nodes[Tile::at(8, 0)], batch);
}

Result<std::shared_ptr<const std::string>> TileTree::full_tile(unsigned level,
                                                               std::uint64_t number) const {
  const Key key = tile_key(level, number);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto* known = tiles_.find(key)) return *known;
  }
  NGUON_TRY(auto octets, store_.get(Family::log, keys::tile(log_, level, number)));
  if (!octets || octets->size() != tile_width * 32) return missing("a tile");
  auto tile = std::make_shared<const std::string>(std::move(*octets));
  const std::scoped_lock lock(mutex_);
  return tiles_.put(key, std::move(tile));
}

Result<std::shared_ptr<const TileTree::Upper>> TileTree::make_upper(unsigned level,
                                                                    std::uint64_t number) const {
  NGUON_TRY(const auto tile, full_tile(level, number));
  auto made = std::make_shared<Upper>();
  for (std::uint64_t i = 0; i < (std::uint64_t{256} >> kept_row); ++i)
    (*made)[i] = low_node(*tile, kept_row, i);
  for (unsigned above = kept_row + 1; above <= 8; ++above) {
    for (std::uint64_t i = 0; i < (std::uint64_t{256} >> above); ++i) {
      (*made)[kept_place(above, i)] = node_hash((*made)[kept_place(above - 1, 2 * i)],
                                                (*made)[kept_place(above - 1, 2 * i + 1)]);
    }
  }
  const std::scoped_lock lock(mutex_);
  return uppers_.put(tile_key(level, number), std::move(made));
}

std::uint64_t TileTree::size() const {
  const std::scoped_lock lock(mutex_);
  return size_;
}

Result<Hash> TileTree::root(std::uint64_t size) const { return subtree_root(0, size, reader()); }

Result<Hash> TileTree::subtree(std::uint64_t begin, std::uint64_t end) const {
  return subtree_root(begin, end, reader());
}

Result<std::vector<Hash>> TileTree::inclusion(std::uint64_t index, std::uint64_t size) const {
  return inclusion_path_of_subtrees(index, size, [&](std::uint64_t begin, std::uint64_t end) {
    return end == size ? right_part(begin, size) : subtree(begin, end);
  });
}

Result<Hash> TileTree::right_part(std::uint64_t begin, std::uint64_t size) const {
  {
    const std::scoped_lock lock(mutex_);
    if (right_parts_of_ != size) {
      right_parts_.clear();
      right_parts_of_ = size;
    }
    for (const auto& [known, root] : right_parts_) {
      if (known == begin) return root;
    }
  }
  NGUON_TRY(const Hash root, subtree(begin, size));
  const std::scoped_lock lock(mutex_);
  if (right_parts_of_ == size) right_parts_.emplace_back(begin, root);
  return root;
}

Result<std::vector<Hash>> TileTree::joint(std::span<const std::uint64_t> indexes,
                                          std::uint64_t size) const {
  return joint_path(indexes, size, reader());
}

Result<std::vector<Hash>> TileTree::consistency(std::uint64_t from, std::uint64_t to) const {
  return consistency_path(from, to, reader());
}

NodeReader TileTree::reader() const {
  return [this](unsigned level, std::uint64_t index) { return node(level, index); };
}

Result<std::string> TileTree::tile(unsigned level, std::uint64_t number, unsigned width,
                                   std::uint64_t size) const {
  const std::uint64_t nodes = level < 8 ? size >> (level * 8) : 0;
  const bool there = width >= 1 && width <= tile_width && number <= nodes / tile_width &&
                     number * tile_width + width <= nodes;
  if (!there) return Error{Errc::not_found, "log.tile", {}, "no such tile at this size"};
  std::string octets;
  octets.reserve(width * 32UL);
  for (unsigned i = 0; i < width; ++i) {
    NGUON_TRY(const Hash hash, node(level * 8, number * tile_width + i));
    octets += hash.view();
  }
  return octets;
}

}  // namespace nguon::ledger
