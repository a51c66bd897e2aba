#pragma once

#include "ledger/store/statistics.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>

namespace nguon::ledger {

/// Hears from RocksDB when it slows writes down or stops them, so that asking costs one load
/// instead of the database's mutex. Thread-safe.
class StallWatch final : public rocksdb::EventListener {
 public:
  void OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) override;

  bool stalled() const { return stalled_.load(std::memory_order_relaxed); }
  std::uint64_t times() const { return times_.load(std::memory_order_relaxed); }

 private:
  std::mutex mutex_;
  std::set<std::string> families_;  // Those held back; guarded by mutex_.
  std::atomic<bool> stalled_ = false;
  std::atomic<std::uint64_t> times_ = 0;
};

StoreStatistics statistics_of(rocksdb::DB& db, const rocksdb::Cache& cache,
                              const StallWatch& stalls);

}  // namespace nguon::ledger
