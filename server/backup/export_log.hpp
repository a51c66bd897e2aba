#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/tile_tree.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace nguon::server {

/// Takes one file of an exported log, named as its URL below `/log/<n>/` is.
using TakeLogFile =
    std::function<ledger::Result<void>(const std::string& name, std::string_view octets)>;

/// Everything that `/log/<n>/` serves of a log of `size` leaves, as LogFolder reads it: entry
/// bundles, tiles of every level, rule bundles, and `checkpoint` last, so that whoever finds it
/// finds the rest. No private value is in it. `tree` is the log's own; `checkpoint` a note of
/// `size`. `progress(leaves)` is called now and then. Errors: `store.*`, those of `take`.
ledger::Result<void> export_log(const ledger::Store& store, std::uint32_t log,
                                const ledger::TileTree& tree, std::uint64_t size,
                                std::string_view checkpoint, const TakeLogFile& take,
                                const std::function<void(std::uint64_t)>& progress);

}  // namespace nguon::server
