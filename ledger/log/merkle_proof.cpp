#include "ledger/log/merkle_proof.hpp"

#include <algorithm>
#include <bit>

namespace nguon::ledger {
namespace {

/// The largest power of two below `count` (≥ 2): where RFC 6962 splits a tree.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

/// How many of the rising `indexes` are below `middle`.
template <class Indexes, class Below>
std::size_t count_below(const Indexes& indexes, const Below& below) {
  return static_cast<std::size_t>(std::partition_point(indexes.begin(), indexes.end(), below) -
                                  indexes.begin());
}

Result<void> add_joint(std::span<const std::uint64_t> indexes, std::uint64_t begin,
                       std::uint64_t end, const NodeReader& node, std::vector<Hash>& path) {
  if (indexes.empty()) {
    NGUON_TRY(const Hash other, subtree_root(begin, end, node));
    path.push_back(other);
    return {};
  }
  if (end - begin == 1) return {};
  const std::uint64_t middle = begin + split(end - begin);
  const auto left = count_below(indexes, [&](std::uint64_t index) { return index < middle; });
  NGUON_CHECK(add_joint(indexes.first(left), begin, middle, node, path));
  return add_joint(indexes.subspan(left), middle, end, node, path);
}

/// Takes from the front of `path`.
std::optional<Hash> fold_joint(std::span<const PlacedHash> leaves, std::uint64_t begin,
                               std::uint64_t end, std::span<const Hash>& path) {
  if (leaves.empty()) {
    if (path.empty()) return std::nullopt;
    const Hash other = path.front();
    path = path.subspan(1);
    return other;
  }
  if (end - begin == 1) return leaves.front().hash;
  const std::uint64_t middle = begin + split(end - begin);
  const auto count =
      count_below(leaves, [&](const PlacedHash& leaf) { return leaf.index < middle; });
  const auto left = fold_joint(leaves.first(count), begin, middle, path);
  const auto right = fold_joint(leaves.subspan(count), middle, end, path);
  if (!left || !right) return std::nullopt;
  return node_hash(*left, *right);
}

}  // namespace

Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const NodeReader& node) {
  if (begin == end) return empty_root();
  // From the right: the smallest complete subtree first, each larger one joins on its left.
  std::uint64_t rest = end - begin;
  auto level = static_cast<unsigned>(std::countr_zero(rest));
  NGUON_TRY(Hash root, node(level, (end >> level) - 1));
  for (rest &= rest - 1; rest != 0; rest &= rest - 1) {
    level = static_cast<unsigned>(std::countr_zero(rest));
    NGUON_TRY(const Hash left, node(level, ((begin + rest) >> level) - 1));
    root = node_hash(left, root);
  }
  return root;
}

Result<std::vector<Hash>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                         const NodeReader& node) {
  return inclusion_path_of_subtrees(index, size, [&](std::uint64_t begin, std::uint64_t end) {
    return subtree_root(begin, end, node);
  });
}

Result<std::vector<Hash>> inclusion_path_of_subtrees(std::uint64_t index, std::uint64_t size,
                                                     const SubtreeReader& subtree) {
  if (index >= size) return invalid("tree.index");
  std::vector<Hash> path;  // found root's child first, wanted the other way round
  path.reserve(64);
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = index < middle;
    NGUON_TRY(const Hash sibling, left ? subtree(middle, end) : subtree(begin, middle));
    path.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<std::vector<Hash>> joint_path(std::span<const std::uint64_t> indexes, std::uint64_t size,
                                     const NodeReader& node) {
  if (indexes.empty() || indexes.back() >= size ||
      std::adjacent_find(indexes.begin(), indexes.end(), std::greater_equal<>()) != indexes.end()) {
    return invalid("tree.index");
  }
  std::vector<Hash> path;
  NGUON_CHECK(add_joint(indexes, 0, size, node, path));
  return path;
}

std::optional<Hash> joint_root(std::span<const PlacedHash> leaves, std::uint64_t size,
                               std::span<const Hash> path) {
  auto root = fold_joint(leaves, 0, size, path);
  return path.empty() ? root : std::nullopt;
}

Result<std::vector<Hash>> consistency_path(std::uint64_t old_size, std::uint64_t new_size,
                                           const NodeReader& node) {
  if (old_size > new_size) return invalid("tree.index");
  std::vector<Hash> path;
  if (old_size == 0 || old_size == new_size) return path;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (end != old_size) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = old_size <= middle;
    NGUON_TRY(const Hash other,
              left ? subtree_root(middle, end, node) : subtree_root(begin, middle, node));
    path.push_back(other);
    (left ? end : begin) = middle;
  }
  // The verifier has the old root already; it needs this subtree only where it is not the whole of
  // it.
  if (begin != 0) {
    NGUON_TRY(const Hash last, subtree_root(begin, end, node));
    path.push_back(last);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace nguon::ledger
