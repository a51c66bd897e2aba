#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

// The Merkle tree of RFC 6962 §2.1. A tree of `size` leaves is named by its root; leaf indexes run
// from 0; "node (level, index)" is the root of the complete subtree over leaves [index·2^level,
// (index+1)·2^level). Everything here is thread-safe unless said, and allocates nothing per hash.

/// SHA-256(00 ‖ leaf).
Hash leaf_hash(std::string_view leaf);
/// SHA-256(01 ‖ left ‖ right).
Hash node_hash(const Hash& left, const Hash& right);
/// The root of the tree without leaves: SHA-256 of no octets.
const Hash& empty_root();

/// The right edge of a growing tree: the roots of its complete subtrees, which is all an append
/// needs. The log's tree and a subject's {count, root} over entry ids (DESIGN §4) are both this. A
/// value; not thread-safe.
class CompactRange {
 public:
  std::uint64_t size() const { return size_; }
  Hash root() const;

  /// Adds the next leaf and tells `on_node(level, index, hash)` every node this completes, the leaf
  /// itself (level 0) first.
  template <std::invocable<unsigned, std::uint64_t, const Hash&> OnNode>
  void append(const Hash& leaf, OnNode&& on_node) {
    Hash carry = leaf;
    unsigned level = 0;
    on_node(level, size_, carry);
    while (((size_ >> level) & 1) != 0) {
      carry = node_hash(peaks_[level], carry);
      ++level;
      on_node(level, size_ >> level, carry);
    }
    peaks_[level] = carry;
    ++size_;
  }
  void append(const Hash& leaf) {
    append(leaf, [](unsigned, std::uint64_t, const Hash&) {});
  }

  /// 8 octets of size, big-endian, then 32 per complete subtree, the largest first.
  std::string serialise() const;
  /// Errors: `tree.range` (Errc::corrupt) unless serialise() could have written exactly this.
  static Result<CompactRange> parse(std::string_view octets);

  bool operator==(const CompactRange& other) const {
    return size_ == other.size_ && serialise() == other.serialise();
  }

 private:
  std::uint64_t size_ = 0;
  std::array<Hash, 64> peaks_{};  // [level] is meant only where that bit of size_ is set
};

/// The root over these leaf hashes, at once.
Hash merkle_root(std::span<const Hash> leaf_hashes);

/// A whole small tree in memory, for the paths of all its leaves. At least one leaf.
class MerkleRows {
 public:
  explicit MerkleRows(std::vector<Hash> leaf_hashes);

  const Hash& root() const { return rows_.back().front(); }
  /// RFC 6962 §2.1.1: the audit path of a leaf, its sibling first.
  std::vector<Hash> path(std::size_t index) const;

 private:
  std::vector<std::vector<Hash>>
      rows_;  // Leaves first; a last node without a sibling is carried up.
};

/// True when `path` (RFC 6962 §2.1.1, leaf's sibling first) leads from the leaf to the root.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                      std::span<const Hash> path, const Hash& root);

/// True when `path` (RFC 6962 §2.1.2) shows that the tree of `new_size` begins with that of
/// `old_size`. From the empty tree, and from a tree to itself, only the empty path is right.
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root,
                        const Hash& new_root, std::span<const Hash> path);

}  // namespace nguon::ledger
