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
/// Errors: `store.corrupt` when a checksum fails in the write-ahead log or manifest, `store.format`
/// when a newer format wrote it, `store.io` otherwise (locked, no space, no right).
Result<std::unique_ptr<Store>> open_rocks_store(const std::string& path,
                                                const RocksOptions& options = {});

/// The newest store format this binary reads and writes.
inline constexpr int store_format = 1;

}  // namespace nguon::ledger
