#include "ledger/store/rocks_statistics.hpp"

namespace nguon::ledger {
namespace {

/// Of all families together; 0 where the library does not know.
std::uint64_t sum_of(rocksdb::DB& db, const std::string& property) {
  std::uint64_t value = 0;
  return db.GetAggregatedIntProperty(property, &value) ? value : 0;
}

}  // namespace

void StallWatch::OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) {
  const std::scoped_lock lock(mutex_);
  if (info.condition.cur == rocksdb::WriteStallCondition::kNormal) {
    families_.erase(info.cf_name);
  } else if (families_.insert(info.cf_name).second) {
    times_.fetch_add(1, std::memory_order_relaxed);
  }
  stalled_.store(!families_.empty(), std::memory_order_relaxed);
}

StoreStatistics statistics_of(rocksdb::DB& db, const rocksdb::Cache& cache,
                              const StallWatch& stalls) {
  using Properties = rocksdb::DB::Properties;
  StoreStatistics told;
  told.memtables = sum_of(db, Properties::kCurSizeAllMemTables);
  told.block_cache = cache.GetUsage();
  told.tables = sum_of(db, Properties::kTotalSstFilesSize);
  told.pending_compaction = sum_of(db, Properties::kEstimatePendingCompactionBytes);
  rocksdb::VectorLogPtr logs;
  if (db.GetSortedWalFiles(logs).ok()) {
    for (const auto& log : logs) told.write_ahead += log->SizeFileBytes();
  }
  told.stalls = stalls.times();
  told.stalled = stalls.stalled();
  return told;
}

}  // namespace nguon::ledger
