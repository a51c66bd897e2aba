#include "ledger/store/rocks_freeze.hpp"

#include "ledger/store/rocks_logs.hpp"

#include <rocksdb/options.h>
#include <rocksdb/unique_id.h>

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

/// What a copy is opened from, while nothing is committed or deleted.
rocksdb::Status list_files(rocksdb::DB& db, std::vector<FrozenFile>& files) {
  // Before the manifest's length is taken: a flush that ends in between needs fewer logs than that
  // much of the manifest does.
  std::uint64_t oldest_log = 0;
  auto status = oldest_needed_log(db, oldest_log);
  if (!status.ok()) return status;
  std::vector<std::string> names;
  std::uint64_t manifest_octets = 0;
  status = db.GetLiveFiles(names, &manifest_octets, /*flush_memtable=*/false);
  if (!status.ok()) return status;
  for (const std::string& path : names) {
    FrozenFile file{
        .name = path.substr(path.rfind('/') + 1), .size = 0, .identity = {}, .content = {}};
    if (file.name == "CURRENT") continue;
    if (file.name.starts_with("MANIFEST-")) {
      file.size = manifest_octets;
      // A new manifest may begin while files are held, and CURRENT would name that.
      const std::string current = file.name + '\n';
      files.push_back({"CURRENT", current.size(), {}, current});
    } else {
      status = db.GetEnv()->GetFileSize(db.GetName() + '/' + file.name, &file.size);
      if (!status.ok()) return status;
    }
    files.push_back(std::move(file));
  }
  std::map<std::string, std::uint64_t> logs;
  status = logs_from(db, oldest_log, logs);
  for (const auto& [name, octets] : logs) files.push_back({name, octets, {}, {}});
  return status;
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
  std::vector<FrozenFile> live;
  {
    // A commit under way may be in the log file and not synced yet; a copy of it would show a head
    // that a power cut takes back from the database itself, which then goes on another way.
    const std::scoped_lock lock(writing);
    status = db.DisableFileDeletions();
    if (!status.ok()) return status;
    made->disabled = true;
    status = list_files(db, live);
    if (!status.ok()) return status;
  }
  const auto known = identities(db, all);
  for (auto& file : live) {
    if (const auto id = known.find(file.name); id != known.end()) file.identity = id->second;
    made->list().push_back(std::move(file));
  }
  frozen = std::move(made);
  return status;
}

}  // namespace nguon::ledger
