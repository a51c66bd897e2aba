#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/merkle_proof.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

// C2SP tlog-tiles: the tree cut into tiles of 256 hashes (8 levels), the entries into bundles of
// 256.

inline constexpr unsigned tile_width = 256;
inline constexpr unsigned tile_height = 8;
inline constexpr std::uint64_t max_tile_number = (1ULL << 56) - 1;
/// What the uint16 before an entry in a bundle can say.
inline constexpr std::size_t max_bundle_entry_size = 65'535;

/// What a tile path names.
struct TilePath {
  bool entries = false;  ///< An entry bundle; `level` is then 0.
  unsigned level = 0;    ///< 0..63; hashes of tree level 8·level.
  std::uint64_t number = 0;
  unsigned width = tile_width;  ///< 1..255 in a partial tile, 256 in a full one.

  bool operator==(const TilePath&) const = default;
};

/// `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`, N in groups of three digits, all but the
/// last begun with `x`.
std::string format_tile_path(const TilePath& path);
/// Only what format_tile_path() writes. Errors: `tile.path`.
Result<TilePath> parse_tile_path(std::string_view path);

/// How many hashes that tile has in a tree of `size` leaves: 0 (no such tile) to 256.
unsigned width_of_tile(unsigned level, std::uint64_t number, std::uint64_t size);

/// The root over the 2^height hashes of `tile` from the `number`-th group of so many on: a node of
/// the tree between two tile levels. `tile` holds 32 octets per hash, that group among them.
Hash node_in_tile(std::string_view tile, unsigned height, std::uint64_t number);

/// Gives the octets of a tile, at least 32·path.width of them.
using TileReader = std::function<Result<std::string>(const TilePath& path)>;

/// Nodes of the tree of `size` leaves, read from its tiles. Errors: those of `tiles`; `tile.hashes`
/// (Errc::corrupt) when a tile is too short.
NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles);

/// Adds one entry, ≤ max_bundle_entry_size octets, to a bundle: uint16 length, big-endian, then it.
void append_to_bundle(std::string& bundle, std::string_view entry);
/// The entries, as views into `bundle`. Errors: `tile.entries` when the lengths do not add up or
/// there are more than 256.
Result<std::vector<std::string_view>> parse_bundle(std::string_view bundle);

}  // namespace nguon::ledger
