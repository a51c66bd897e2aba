#pragma once

#include "ledger/log/merkle.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace nguon::ledger {

/// Gives node (level, index), a complete subtree of the tree in question; an Error is passed on.
using NodeReader = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

/// MTH(D[begin:end]) of RFC 6962 §2.1, `begin` a multiple of the least power of two ≥ end − begin,
/// so that the range is a subtree; begin = 0 gives the root of the tree of `end` leaves, and an
/// empty range the empty root.
Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const NodeReader& node);

/// Gives the root of the subtree of the leaves [begin, end), as subtree_root() does.
using SubtreeReader = std::function<Result<Hash>(std::uint64_t begin, std::uint64_t end)>;

/// PATH(index, D[0:size]) of RFC 6962 §2.1.1, at most 64 hashes. Errors: `tree.index` unless
/// index < size.
Result<std::vector<Hash>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                         const NodeReader& node);
/// The same from whole subtrees, for whoever keeps some of them.
Result<std::vector<Hash>> inclusion_path_of_subtrees(std::uint64_t index, std::uint64_t size,
                                                     const SubtreeReader& subtree);

/// What the leaf hashes at `indexes` (rising, one at least) lack of the root of the tree of `size`
/// leaves: the subtrees of RFC 6962's split that hold none of them and are part of none such, from
/// left to right. Errors: `tree.index` unless the indexes rise and are below size.
Result<std::vector<Hash>> joint_path(std::span<const std::uint64_t> indexes, std::uint64_t size,
                                     const NodeReader& node);

/// A leaf hash and its place.
struct PlacedHash {
  std::uint64_t index = 0;
  Hash hash;
};

/// The root that these leaves (indexes rising and below size, one at least) and their joint path
/// lead to; none where the path has a hash too few or too many.
std::optional<Hash> joint_root(std::span<const PlacedHash> leaves, std::uint64_t size,
                               std::span<const Hash> path);

/// PROOF(old_size, D[0:new_size]) of RFC 6962 §2.1.2; empty where old_size is 0 or new_size.
/// Errors: `tree.index` unless old_size ≤ new_size.
Result<std::vector<Hash>> consistency_path(std::uint64_t old_size, std::uint64_t new_size,
                                           const NodeReader& node);

}  // namespace nguon::ledger
