#include "ledger/store/rocks_purge.hpp"

#include "ledger/store/rocks_logs.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <thread>

namespace nguon::ledger {
namespace {

// No reader of ours takes a minute; one that does is a fault, and the next start cures it.
constexpr auto patience = std::chrono::seconds(60);
constexpr auto pause = std::chrono::milliseconds(2);

/// Tables and write-ahead logs in the folder that the database no longer needs. The output of a
/// compaction still running looks like one until it is finished.
rocksdb::Status find_obsolete(rocksdb::DB& db, std::set<std::string>& obsolete) {
  std::vector<std::string> present;
  auto status = db.GetEnv()->GetChildren(db.GetName(), &present);
  if (!status.ok()) return status;
  std::vector<rocksdb::LiveFileMetaData> tables;
  db.GetLiveFilesMetaData(&tables);
  std::uint64_t oldest_log = 0;
  status = oldest_needed_log(db, oldest_log);
  if (!status.ok()) return status;
  for (const std::string& name : present) {
    const bool needed = [&] {
      if (name.ends_with(".sst")) {
        return std::any_of(tables.begin(), tables.end(),
                           [&](const auto& table) { return table.relative_filename == name; });
      }
      return !name.ends_with(".log") || std::stoull(name) >= oldest_log;
    }();
    if (!needed) obsolete.insert(name);
  }
  return status;
}

/// RocksDB unlinks a file on whichever thread finds it obsolete, and that may be after CompactRange
/// or Flush has returned. Enabling deletions searches the folder and unlinks, on this thread, all
/// that nobody reads and that no other thread is unlinking.
rocksdb::Status unlink_obsolete(rocksdb::DB& db) {
  const auto status = db.DisableFileDeletions();
  return status.ok() ? db.EnableFileDeletions(/*force=*/false) : status;
}

rocksdb::Status wait_until_unlinked(rocksdb::DB& db) {
  // What becomes obsolete from here on never held the deleted rows, so the list is made once.
  std::set<std::string> doomed;
  auto status = find_obsolete(db, doomed);
  const auto limit = std::chrono::steady_clock::now() + patience;
  while (status.ok()) {
    status = unlink_obsolete(db);
    std::set<std::string> obsolete;
    if (status.ok()) status = find_obsolete(db, obsolete);
    if (!status.ok()) break;
    std::erase_if(doomed, [&](const std::string& name) { return !obsolete.contains(name); });
    if (doomed.empty()) break;
    if (std::chrono::steady_clock::now() > limit) {
      return rocksdb::Status::TimedOut("a reader keeps files of deleted rows", *doomed.begin());
    }
    std::this_thread::sleep_for(pause);
  }
  return status;
}

}  // namespace

rocksdb::Status purge_family(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& all,
                             rocksdb::ColumnFamilyHandle* family) {
  // Order: (1) flush every family, so that no write-ahead log in use holds the deleted rows; (2)
  // rewrite the family's tables down to the bottommost level, which drops both the rows and the
  // tombstones that hid them; (3) see the old files gone. A crash in between leaves the caller's
  // marker in place and the purge runs again at start.
  rocksdb::FlushOptions flush;
  flush.wait = true;
  auto status = db.Flush(flush, all);
  if (!status.ok()) return status;
  rocksdb::CompactRangeOptions compact;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  compact.exclusive_manual_compaction = true;
  status = db.CompactRange(compact, family, nullptr, nullptr);
  if (!status.ok()) return status;
  return wait_until_unlinked(db);
}

}  // namespace nguon::ledger
