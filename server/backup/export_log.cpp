#include "server/backup/export_log.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/store/keys.hpp"

#include <map>

namespace nguon::server {
namespace {

ledger::Result<void> export_entries(const ledger::Store& store, std::uint32_t log,
                                    std::uint64_t size, const TakeLogFile& take,
                                    const std::function<void(std::uint64_t)>& progress) {
  for (std::uint64_t number = 0; number * ledger::tile_width < size; ++number) {
    const unsigned width = ledger::width_of_tile(0, number, size);
    const std::uint64_t first = number * ledger::tile_width;
    std::string bundle;
    unsigned found = 0;
    NGUON_CHECK(store.scan(ledger::Family::log, ledger::keys::leaf(log, first),
                           ledger::keys::leaf(log, first + width),
                           [&](std::string_view, std::string_view leaf) {
                             ledger::append_to_bundle(bundle, leaf);
                             ++found;
                             return true;
                           }));
    if (found != width) {
      return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, "a leaf is missing"};
    }
    NGUON_CHECK(take(ledger::format_tile_path({true, 0, number, width}), bundle));
    progress(first + width);
  }
  return {};
}

ledger::Result<void> export_tiles(const ledger::TileTree& tree, std::uint64_t size,
                                  const TakeLogFile& take) {
  for (unsigned level = 0; ledger::width_of_tile(level, 0, size) > 0; ++level) {
    for (std::uint64_t number = 0;; ++number) {
      const unsigned width = ledger::width_of_tile(level, number, size);
      if (width == 0) break;
      NGUON_TRY(const std::string tile, tree.tile(level, number, width, size));
      NGUON_CHECK(take(ledger::format_tile_path({false, level, number, width}), tile));
    }
  }
  return {};
}

ledger::Result<void> export_rules(const ledger::Store& store, std::uint32_t log,
                                  const TakeLogFile& take) {
  const std::string first = ledger::keys::prefix(log, 'B');
  std::map<std::string, std::string> bundles;  // By hash; chunks come in order.
  NGUON_CHECK(store.scan(ledger::Family::log, first, ledger::keys::after(first),
                         [&](std::string_view key, std::string_view chunk) {
                           bundles[std::string(key.substr(first.size(), 32))] += chunk;
                           return true;
                         }));
  for (const auto& [hash, text] : bundles) {
    NGUON_CHECK(take("rules/" + ledger::hex_encode(hash), text));
  }
  return {};
}

}  // namespace

ledger::Result<void> export_log(const ledger::Store& store, std::uint32_t log,
                                const ledger::TileTree& tree, std::uint64_t size,
                                std::string_view checkpoint, const TakeLogFile& take,
                                const std::function<void(std::uint64_t)>& progress) {
  NGUON_CHECK(export_entries(store, log, size, take, progress));
  NGUON_CHECK(export_tiles(tree, size, take));
  NGUON_CHECK(export_rules(store, log, take));
  return take("checkpoint", checkpoint);
}

}  // namespace nguon::server
