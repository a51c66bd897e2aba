#pragma once

#include "ledger/log/merkle.hpp"
#include "ledger/log/merkle_proof.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::ledger {

/// Every node of a tree kept in memory, level by level: a NodeReader for tests.
class MemoryTree {
 public:
  void append(std::string_view leaf) {
    range_.append(leaf_hash(leaf), [this](unsigned level, std::uint64_t index, const Hash& hash) {
      if (levels_.size() <= level) levels_.resize(level + 1);
      if (levels_[level].size() != index) throw std::logic_error("a node out of order");
      levels_[level].push_back(hash);
    });
  }
  std::uint64_t size() const { return range_.size(); }
  Hash root() const { return range_.root(); }
  Hash root(std::uint64_t size) const { return *subtree_root(0, size, reader()); }
  const std::vector<Hash>& leaves() const { return levels_.at(0); }
  NodeReader reader() const {
    return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
      return levels_.at(level).at(index);
    };
  }

 private:
  CompactRange range_;
  std::vector<std::vector<Hash>> levels_;
};

/// A tree of the leaves "0", "1", … in decimal.
inline MemoryTree counting_tree(std::uint64_t size) {
  MemoryTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(std::to_string(i));
  return tree;
}

}  // namespace nguon::ledger
