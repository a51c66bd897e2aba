#pragma once

#include "ledger/monitor/mirror.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

inline constexpr std::size_t mirror_chunk_leaves = 1024;

/// The tree and the reading as they would be after a look; thrown away when the roots disagree.
struct Mirror::Growth {
  TileBuilder tiles;
  LogReader reader;
  std::vector<RawLeaf> waiting;      ///< Hashed, not read yet.
  std::optional<Error> bad_entry;    ///< The first that no reader accepts,
  std::string bad_leaf;              ///< and its leaf.
  std::vector<std::string> written;  ///< Files beyond the copy.
  std::string partial;               ///< The last bundle, when it is not full.
  bool used_disk = false;            ///< Of bundles that an earlier run left.
};

}  // namespace nguon::ledger
