#include "ledger/store/rocks_freeze.hpp"

#include <rocksdb/options.h>
#include <rocksdb/unique_id.h>

#include <limits>
#include <map>
#include <string>

namespace nguon::ledger {
namespace {

class RocksFrozen final : public FrozenFiles {
 public:
  RocksFrozen(rocksdb::DB& db, std::binary_semaphore& files) : db_(db), gate_(files) {}
  ~RocksFrozen() override {
    if (disabled) db_.EnableFileDeletions(/*force=*/false);
    gate_.release();
  }
  std::vector<FrozenFile>& list() { return files_; }

  bool disabled = false;

 private:
  rocksdb::DB& db_;
  std::binary_semaphore& gate_;
};

/// Tables never change and have an identity of 192 random bits, so a table met again under it need
/// not be read again. By file name.
std::map<std::string, std::string> identities(
    rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& all) {
  std::map<std::string, std::string> found;
  for (auto* family : all) {
    rocksdb::TablePropertiesCollection tables;
    if (!db.GetPropertiesOfAllTables(family, &tables).ok()) continue;  // then all are read
    for (const auto& [path, properties] : tables) {
      std::string id;
      if (!rocksdb::GetExtendedUniqueIdFromTableProperties(*properties, &id).ok()) continue;
      found[path.substr(path.rfind('/') + 1)] = rocksdb::UniqueIdToHumanString(id);
    }
  }
  return found;
}

}  // namespace

rocksdb::Status freeze_files(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& all,
                             std::mutex& writing, std::binary_semaphore& files,
                             std::unique_ptr<FrozenFiles>& frozen) {
  auto made = std::make_unique<RocksFrozen>(db, files);
  rocksdb::FlushOptions flush;
  flush.wait = true;
  auto status = db.Flush(flush, all);
  if (!status.ok()) return status;
  std::vector<rocksdb::LiveFileStorageInfo> live;
  {
    // A commit under way may be in the log file and not synced yet; a copy of it would show a head
    // that a power cut takes back from the database itself, which then goes on another way.
    const std::scoped_lock lock(writing);
    status = db.DisableFileDeletions();
    if (!status.ok()) return status;
    made->disabled = true;
    rocksdb::LiveFilesStorageInfoOptions options;
    options.wal_size_for_flush = std::numeric_limits<std::uint64_t>::max();  // was flushed above
    status = db.GetLiveFilesStorageInfo(options, &live);
    if (!status.ok()) return status;
  }
  const auto known = identities(db, all);
  for (auto& file : live) {
    const auto id = known.find(file.relative_filename);
    made->list().push_back({file.relative_filename, file.size,
                            id == known.end() ? std::string() : id->second,
                            std::move(file.replacement_contents)});
  }
  frozen = std::move(made);
  return status;
}

}  // namespace nguon::ledger
