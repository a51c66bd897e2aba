#pragma once

#include "ledger/base/generation_cache.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/merkle_proof.hpp"
#include "ledger/store/store.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nguon::ledger {

/// The Merkle tree of one log, kept as C2SP tiles: full tiles in the store, the right edge in
/// memory. Of tiles used lately the upper inner nodes are kept, an eighth of a tile's size, so that
/// a proof from a log of a million entries reads a few tiles and hashes next to nothing. One thread
/// appends; any thread reads.
class TileTree {
 public:
  /// Rebuilds the right edge of a tree of `size` leaves from stored tiles and leaves.
  /// Errors: `store.corrupt` when a leaf or tile is missing, `store.*`.
  static Result<std::unique_ptr<TileTree>> load(const Store& store, std::uint32_t log,
                                                std::uint64_t size);

  /// Appends leaf hashes and puts every tile that fills up into `batch`. The tree is ahead of the
  /// store until the batch is committed: if that fails, the process must stop (invariant 7).
  void append(std::span<const Hash> leaves, WriteBatch& batch);

  std::uint64_t size() const;
  /// RFC 6962 root over the first `size` leaves.
  Result<Hash> root(std::uint64_t size) const;
  /// RFC 6962 root over the leaves [begin, end), which must be a subtree (merkle_proof.hpp).
  Result<Hash> subtree(std::uint64_t begin, std::uint64_t end) const;
  /// RFC 6962 §2.1.1: audit path of `index` in the tree of `size` leaves; index < size ≤ size().
  Result<std::vector<Hash>> inclusion(std::uint64_t index, std::uint64_t size) const;
  /// As joint_path() of merkle_proof.hpp; size ≤ size().
  Result<std::vector<Hash>> joint(std::span<const std::uint64_t> indexes, std::uint64_t size) const;
  /// RFC 6962 §2.1.2: 0 < from ≤ to ≤ size().
  Result<std::vector<Hash>> consistency(std::uint64_t from, std::uint64_t to) const;
  /// The first `width` (1..256) hashes of a tile, 32 octets each; `not_found` beyond `size`.
  Result<std::string> tile(unsigned level, std::uint64_t number, unsigned width,
                           std::uint64_t size) const;

 private:
  /// A tile with its inner nodes: row r holds 256 >> r hashes from offset 512 − (512 >> r).
  struct Tile {
    std::uint64_t number = 0;
    unsigned width = 0;
    std::array<Hash, 511> nodes{};
    static std::size_t at(unsigned row, std::uint64_t column) {
      return 512 - (std::size_t{512} >> row) + column;
    }
    void push(const Hash& hash);
  };

  /// Inner nodes of a full tile from row 4 up: 16 + 8 + … + 1, the lowest row first.
  using Upper = std::array<Hash, 31>;
  using Key = std::uint64_t;
  static Key tile_key(unsigned level, std::uint64_t number) { return (Key{level} << 56) | number; }

  TileTree(const Store& store, std::uint32_t log) : store_(store), log_(log) {}
  void push(unsigned level, const Hash& hash, WriteBatch& batch);
  Result<Hash> node(unsigned level, std::uint64_t index) const;
  NodeReader reader() const;
  /// The 256 hashes of a full tile.
  Result<std::shared_ptr<const std::string>> full_tile(unsigned level, std::uint64_t number) const;
  /// The upper part of a full tile, hashed and kept.
  Result<std::shared_ptr<const Upper>> make_upper(unsigned level, std::uint64_t number) const;

  /// Root over the leaves [begin, size), kept until another size is asked for.
  Result<Hash> right_part(std::uint64_t begin, std::uint64_t size) const;

  const Store& store_;
  const std::uint32_t log_;

  mutable std::mutex
      mutex_;  // Guards all below; held for lookups and appends, never across a disk read.
  std::uint64_t size_ = 0;
  std::vector<Tile> edge_;  // By tile level.
  // At most 64, the same for the proofs of all leaves: a seventh of a proof's cost.
  mutable std::uint64_t right_parts_of_ = 0;
  mutable std::vector<std::pair<std::uint64_t, Hash>> right_parts_;  // By begin.
  // Twice as many as stated, 8 KiB and 1 KiB each: 9 MiB, part of what the memory knob leaves. The
  // upper parts are those of two million entries; beyond, a proof hashes a tile anew.
  mutable GenerationCache<std::shared_ptr<const std::string>, Key> tiles_{32};
  mutable GenerationCache<std::shared_ptr<const Upper>, Key> uppers_{4096};
};

}  // namespace nguon::ledger
