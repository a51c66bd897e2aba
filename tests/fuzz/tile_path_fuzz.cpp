// Tile paths and entry bundles: what is accepted has exactly one spelling.

#include "ledger/log/tile.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto path = parse_tile_path(octets)) {
    if (format_tile_path(*path) != octets) std::abort();
    if (path->width < 1 || path->width > tile_width || path->level > 63) std::abort();
    (void)width_of_tile(path->level, path->number, ~0ULL);
  }
  if (const auto entries = parse_bundle(octets)) {
    std::string again;
    for (const std::string_view entry : *entries) append_to_bundle(again, entry);
    if (again != octets) std::abort();
  }
  if (const auto range = CompactRange::parse(octets)) {
    if (range->serialise() != octets) std::abort();
    (void)range->root();
  }
  return 0;
}
