#include "ledger/log/folder.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/tile.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace nguon::ledger {
namespace {

constexpr std::size_t max_bundle_size = 256 * (2 + max_bundle_entry_size);
constexpr std::size_t max_rules_size = 16 << 20;

}  // namespace

Result<std::string> LogFolder::read(const std::string& name, std::size_t limit) const {
  const std::filesystem::path path = std::filesystem::path(path_) / name;
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  if (code) return Error{Errc::not_found, "folder.file", {}, name + ": " + code.message()};
  if (size > limit) return Error{Errc::too_large, "folder.file", {}, name + " is too large"};
  std::ifstream file(path, std::ios::binary);
  std::ostringstream octets;
  octets << file.rdbuf();
  if (!file) return Error{Errc::unavailable, "folder.file", {}, name + " cannot be read"};
  return octets.str();
}

Result<std::string> LogFolder::checkpoint() const { return read("checkpoint", max_note_size); }

Result<void> LogFolder::leaves(std::uint64_t begin, std::uint64_t size,
                               const LeafVisit& visit) const {
  for (std::uint64_t first = begin / tile_width * tile_width; first < size; first += tile_width) {
    const auto width = static_cast<unsigned>(std::min<std::uint64_t>(tile_width, size - first));
    TilePath path;
    path.entries = true;
    path.number = first / tile_width;
    // A mirror that went on growing holds the full bundle and may have dropped the partial one.
    auto octets = read(format_tile_path(path), max_bundle_size);
    if (!octets && width < tile_width) {
      path.width = width;
      octets = read(format_tile_path(path), max_bundle_size);
    }
    if (!octets) return octets.error();
    NGUON_TRY(const auto entries, parse_bundle(*octets));
    if (entries.size() < width) {
      return Error{Errc::corrupt, "folder.file", {}, format_tile_path(path) + " is short"};
    }
    for (unsigned i = 0; i < width; ++i) {
      if (first + i < begin) continue;
      NGUON_CHECK(visit(first + i, entries[i]));
    }
  }
  return {};
}

Result<std::optional<std::string>> LogFolder::full_tile(unsigned level,
                                                        std::uint64_t number) const {
  auto octets = read(format_tile_path({false, level, number, tile_width}), tile_width * 32);
  if (!octets && octets.error().code == Errc::not_found) return std::optional<std::string>();
  if (!octets) return octets.error();
  return std::optional<std::string>(std::move(*octets));
}

Result<std::string> LogFolder::rules(const Hash& bundle) const {
  NGUON_TRY(auto text, read("rules/" + hex_encode(bundle.view()), max_rules_size));
  if (sha256(text) != bundle) {
    return Error{Errc::corrupt, "folder.file", {}, "a rule bundle does not match its name"};
  }
  return text;
}

}  // namespace nguon::ledger
