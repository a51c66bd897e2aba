#pragma once

#include "ledger/store/statistics.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace nguon::ledger {

/// Whether RocksDB slows writes down or stops them now, and how often it began to. Thread-safe.
class StallWatch final : public rocksdb::EventListener {
 public:
  /// Counts alone: RocksDB tells of changes outside its mutex, so of two at once the older may be
  /// told last, and whoever believed it would take a store for stalled until the next stall.
  void OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) override;

  /// Asks the database, which takes its mutex, at most every `asked_every`; between, what it said.
  bool stalled(rocksdb::DB& db) const;
  std::uint64_t times() const { return times_.load(std::memory_order_relaxed); }

  static constexpr std::chrono::milliseconds asked_every{50};

 private:
  std::atomic<std::uint64_t> times_ = 0;
  mutable std::atomic<std::chrono::steady_clock::rep> asked_ = 0;
  mutable std::atomic<bool> stalled_ = false;
};

StoreStatistics statistics_of(rocksdb::DB& db, const rocksdb::Cache& cache,
                              const StallWatch& stalls);

}  // namespace nguon::ledger
