#include "ledger/log/merkle.hpp"

#include "ledger/keys/sha256.hpp"

#include <algorithm>
#include <bit>

namespace nguon::ledger {

Hash leaf_hash(std::string_view leaf) { return sha256(std::string_view("\0", 1), leaf); }

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 65> message;  // one update call is faster than three
  message[0] = '\x01';
  std::copy(left.bytes.begin(), left.bytes.end(), message.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), message.begin() + 33);
  return sha256(std::string_view(message.data(), message.size()));
}

const Hash& empty_root() {
  static const Hash root = sha256({});
  return root;
}

Hash CompactRange::root() const {
  if (size_ == 0) return empty_root();
  auto level = static_cast<unsigned>(std::countr_zero(size_));
  Hash root = peaks_[level];
  while (++level < 64) {
    if (((size_ >> level) & 1) != 0) root = node_hash(peaks_[level], root);
  }
  return root;
}

std::string CompactRange::serialise() const {
  std::string octets;
  octets.reserve(8 + 32 * static_cast<std::size_t>(std::popcount(size_)));
  for (int shift = 56; shift >= 0; shift -= 8) {
    octets += static_cast<char>((size_ >> shift) & 255);
  }
  for (unsigned level = 64; level-- > 0;) {
    if (((size_ >> level) & 1) != 0) octets += peaks_[level].view();
  }
  return octets;
}

Result<CompactRange> CompactRange::parse(std::string_view octets) {
  const Error broken{Errc::corrupt, "tree.range", {}, {}};
  if (octets.size() < 8) return broken;
  CompactRange range;
  for (int i = 0; i < 8; ++i) {
    range.size_ =
        (range.size_ << 8) | static_cast<unsigned char>(octets[static_cast<std::size_t>(i)]);
  }
  octets.remove_prefix(8);
  if (octets.size() != 32 * static_cast<std::size_t>(std::popcount(range.size_))) return broken;
  for (unsigned level = 64; level-- > 0;) {
    if (((range.size_ >> level) & 1) == 0) continue;
    std::copy_n(octets.begin(), 32, range.peaks_[level].bytes.begin());
    octets.remove_prefix(32);
  }
  return range;
}

Hash merkle_root(std::span<const Hash> leaf_hashes) {
  CompactRange range;
  for (const Hash& leaf : leaf_hashes) range.append(leaf);
  return range.root();
}

MerkleRows::MerkleRows(std::vector<Hash> leaf_hashes) {
  rows_.push_back(std::move(leaf_hashes));
  while (rows_.back().size() > 1) {
    const std::vector<Hash>& below = rows_.back();
    std::vector<Hash> row;
    row.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      row.push_back(node_hash(below[i], below[i + 1]));
    }
    if (below.size() % 2 != 0) row.push_back(below.back());
    rows_.push_back(std::move(row));
  }
}

std::vector<Hash> MerkleRows::path(std::size_t index) const {
  std::vector<Hash> path;
  for (const std::vector<Hash>& row : rows_) {
    if ((index ^ 1) < row.size()) path.push_back(row[index ^ 1]);
    index /= 2;
  }
  return path;
}

// The algorithm of RFC 9162 §2.1.3.2: `node` climbs from the leaf, `last` from the rightmost leaf.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                      std::span<const Hash> path, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      // A right edge without a sibling at this level is carried up as it is.
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

// The algorithm of RFC 9162 §2.1.4.2: both roots are rebuilt from one path.
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root,
                        const Hash& new_root, std::span<const Hash> path) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return path.empty() && old_root == new_root;
  if (old_size == 0) return path.empty() && old_root == empty_root();
  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  // An old tree that is one complete subtree is itself the first element, and left out of the path.
  Hash old_hash = old_root;
  if (node != 0) {
    if (path.empty()) return false;
    old_hash = path.front();
    path = path.subspan(1);
  }
  Hash new_hash = old_hash;
  for (const Hash& element : path) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_hash = node_hash(element, old_hash);
      new_hash = node_hash(element, new_hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, element);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace nguon::ledger
