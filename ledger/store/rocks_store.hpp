#pragma once

#include "ledger/store/store.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace nguon::ledger {

struct RocksOptions {
  std::uint64_t memory = 256ULL << 20;  ///< Octets for block cache and write buffers together.
  bool read_only = false;               ///< For audit of a stopped or foreign database.
};

/// Opens or creates the RocksDB store in directory `path`; one process at a time, unless read-only.
/// A database of an older format opens for writing alone, to be brought up
/// (ledger/log/upgrade.hpp). Errors: `store.corrupt` when a checksum fails in the write-ahead log
/// or manifest, `store.format` when a newer format wrote it, `store.space` without room to open it,
/// `start.not-initialised` when none is there to read, `store.io` otherwise (locked, no right).
Result<std::unique_ptr<Store>> open_rocks_store(const std::string& path,
                                                const RocksOptions& options = {});

/// The store format this binary reads and writes, and the oldest that it brings up to that
/// (FORMAT.md "Store").
inline constexpr int store_format = 2;
inline constexpr int oldest_store_format = 1;

}  // namespace nguon::ledger
