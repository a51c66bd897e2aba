#pragma once

#include <cstdint>

namespace nguon::ledger {

/// What a store tells of itself, for metrics: a moment's view. Octets unless said.
struct StoreStatistics {
  std::uint64_t memtables = 0;           ///< Written and not yet in tables.
  std::uint64_t block_cache = 0;         ///< In use, write buffers' share included.
  std::uint64_t tables = 0;              ///< In table files.
  std::uint64_t write_ahead = 0;         ///< In write-ahead logs.
  std::uint64_t pending_compaction = 0;  ///< Estimate of what waits to be rewritten.
  std::uint64_t stalls = 0;              ///< Times since opening that writes were held back.
  bool stalled = false;                  ///< Writes are slowed down or stopped right now.
};

}  // namespace nguon::ledger
