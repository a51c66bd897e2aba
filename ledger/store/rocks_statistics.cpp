#include "ledger/store/rocks_statistics.hpp"

#include "ledger/store/rocks_logs.hpp"

namespace nguon::ledger {
namespace {

/// Of all families together; 0 where the library does not know.
std::uint64_t sum_of(rocksdb::DB& db, const std::string& property) {
  std::uint64_t value = 0;
  return db.GetAggregatedIntProperty(property, &value) ? value : 0;
}

}  // namespace

void StallWatch::OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) {
  using Condition = rocksdb::WriteStallCondition;
  if (info.condition.prev == Condition::kNormal && info.condition.cur != Condition::kNormal) {
    times_.fetch_add(1, std::memory_order_relaxed);
  }
}

bool StallWatch::stalled(rocksdb::DB& db) const {
  using Properties = rocksdb::DB::Properties;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  auto asked = asked_.load(std::memory_order_relaxed);
  // Of many who come at once one asks.
  if (now.count() - asked >= std::chrono::steady_clock::duration(asked_every).count() &&
      asked_.compare_exchange_strong(asked, now.count(), std::memory_order_relaxed)) {
    std::uint64_t stopped = 0, rate = 0;
    const bool known = db.GetIntProperty(Properties::kIsWriteStopped, &stopped) &&
                       db.GetIntProperty(Properties::kActualDelayedWriteRate, &rate);
    stalled_.store(known && (stopped != 0 || rate != 0), std::memory_order_relaxed);
  }
  return stalled_.load(std::memory_order_relaxed);
}

StoreStatistics statistics_of(rocksdb::DB& db, const rocksdb::Cache& cache,
                              const StallWatch& stalls) {
  using Properties = rocksdb::DB::Properties;
  StoreStatistics told;
  told.memtables = sum_of(db, Properties::kCurSizeAllMemTables);
  told.block_cache = cache.GetUsage();
  told.tables = sum_of(db, Properties::kTotalSstFilesSize);
  told.pending_compaction = sum_of(db, Properties::kEstimatePendingCompactionBytes);
  std::uint64_t oldest = 0;
  std::map<std::string, std::uint64_t> logs;
  if (oldest_needed_log(db, oldest).ok() && logs_from(db, oldest, logs).ok()) {
    for (const auto& [name, octets] : logs) told.write_ahead += octets;
  }
  told.stalls = stalls.times();
  told.stalled = stalls.stalled(db);
  return told;
}

}  // namespace nguon::ledger
