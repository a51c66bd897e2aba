#include "ledger/log/tile.hpp"

#include "ledger/base/decimal.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::uint64_t group_size = 1000;

/// `x001/x234/067` -> 1234067; absent unless written exactly so.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  bool first = true;
  while (true) {
    const bool more = text.starts_with('x');
    if (more) text.remove_prefix(1);
    if (text.size() < 3) return std::nullopt;
    std::uint64_t group = 0;
    for (const char c : text.substr(0, 3)) {
      if (c < '0' || c > '9') return std::nullopt;
      group = group * 10 + static_cast<std::uint64_t>(c - '0');
    }
    // A leading group of zeros would be a second name of the same tile.
    if (first && more && group == 0) return std::nullopt;
    number = number * group_size + group;  // no overflow: the number before was ≤ 2^56 / 1000
    if (number > max_tile_number) return std::nullopt;
    text.remove_prefix(3);
    if (!more) return text.empty() ? std::optional(number) : std::nullopt;
    if (!text.starts_with('/') || number > max_tile_number / group_size) return std::nullopt;
    text.remove_prefix(1);
    first = false;
  }
}

std::string three_digits(std::uint64_t group) {
  std::string digits = std::to_string(group);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string format_number(std::uint64_t number) {
  std::string text = three_digits(number % group_size);
  while ((number /= group_size) > 0) text = "x" + three_digits(number % group_size) + "/" + text;
  return text;
}

}  // namespace

std::string format_tile_path(const TilePath& path) {
  std::string text = "tile/";
  text += path.entries ? "entries" : std::to_string(path.level);
  text += "/" + format_number(path.number);
  if (path.width < tile_width) text += ".p/" + std::to_string(path.width);
  return text;
}

Result<TilePath> parse_tile_path(std::string_view path) {
  const Error broken = invalid("tile.path");
  constexpr std::string_view prefix = "tile/";
  if (!path.starts_with(prefix)) return broken;
  path.remove_prefix(prefix.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return broken;
  TilePath tile;
  const std::string_view kind = path.substr(0, slash);
  if (kind == "entries") {
    tile.entries = true;
  } else {
    const auto level = parse_decimal(kind, 63);
    if (!level) return broken;
    tile.level = static_cast<unsigned>(*level);
  }
  path.remove_prefix(slash + 1);
  if (const std::size_t partial = path.find(".p/"); partial != std::string_view::npos) {
    const auto width = parse_decimal(path.substr(partial + 3), tile_width - 1);
    if (!width || *width == 0) return broken;
    tile.width = static_cast<unsigned>(*width);
    path = path.substr(0, partial);
  }
  const auto number = parse_number(path);
  if (!number) return broken;
  tile.number = *number;
  return tile;
}

unsigned width_of_tile(unsigned level, std::uint64_t number, std::uint64_t size) {
  if (level >= 64 / tile_height) return 0;
  const std::uint64_t hashes = size >> (tile_height * level);
  if (number > hashes / tile_width) return 0;
  return static_cast<unsigned>(std::min<std::uint64_t>(hashes - number * tile_width, tile_width));
}

Hash node_in_tile(std::string_view tile, unsigned height, std::uint64_t number) {
  const std::size_t count = std::size_t{1} << height;
  const std::size_t begin = static_cast<std::size_t>(number) * count * 32;
  if (height > tile_height || tile.size() < begin + count * 32) {
    throw std::logic_error("node_in_tile: outside the tile");
  }
  std::array<Hash, tile_width> row;
  for (std::size_t i = 0; i < count; ++i) {
    std::copy_n(tile.begin() + static_cast<std::ptrdiff_t>(begin + i * 32), 32,
                row[i].bytes.begin());
  }
  for (std::size_t left = count; left > 1; left /= 2) {
    for (std::size_t i = 0; i < left / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
  }
  return row[0];
}

NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles) {
  return [size, tiles = std::move(tiles)](unsigned level, std::uint64_t index) -> Result<Hash> {
    const unsigned height = level % tile_height;
    const unsigned groups_in_tile = tile_width >> height;
    TilePath path;
    path.level = level / tile_height;
    path.number = index / groups_in_tile;
    path.width = width_of_tile(path.level, path.number, size);
    NGUON_TRY(const std::string tile, tiles(path));
    const std::uint64_t group = index % groups_in_tile;
    if (tile.size() < ((group + 1) << height) * 32) {
      return Error{Errc::corrupt, "tile.hashes", {}, format_tile_path(path)};
    }
    return node_in_tile(tile, height, group);
  };
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
  if (entry.size() > max_bundle_entry_size)
    throw std::logic_error("an entry too long for a bundle");
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 255);
  bundle += entry;
}

Result<std::vector<std::string_view>> parse_bundle(std::string_view bundle) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || entries.size() == tile_width) return invalid("tile.entries");
    const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0])) << 8 |
                             static_cast<unsigned char>(bundle[1]);
    bundle.remove_prefix(2);
    if (bundle.size() < size) return invalid("tile.entries");
    entries.push_back(bundle.substr(0, size));
    bundle.remove_prefix(size);
  }
  return entries;
}

}  // namespace nguon::ledger
