#pragma once

#include "ledger/log/merkle.hpp"

#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::ledger {

/// A growing tree with the tiles of its right edge, from leaf hashes alone. A value; not
/// thread-safe.
class TileBuilder {
 public:
  std::uint64_t size() const { return range_.size(); }
  Hash root() const { return range_.root(); }

  /// A full tile of 256 hashes.
  struct Tile {
    unsigned level = 0;
    std::uint64_t number = 0;
    std::string octets;
  };
  /// Adds the next leaf; the full tiles this completes, the lowest first.
  std::vector<Tile> append(const Hash& leaf);

  /// Hashes of each tile that is not full, by level, 32 octets each; an empty one is left out.
  std::map<unsigned, std::string> open_tiles() const;

 private:
  CompactRange range_;
  std::map<unsigned, std::string> open_;
};

}  // namespace nguon::ledger
