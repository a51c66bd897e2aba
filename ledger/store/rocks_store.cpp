#include "ledger/store/rocks_store.hpp"

#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_freeze.hpp"
#include "ledger/store/rocks_log.hpp"
#include "ledger/store/rocks_purge.hpp"
#include "ledger/store/rocks_statistics.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

#include <array>
#include <filesystem>
#include <mutex>
#include <semaphore>

namespace nguon::ledger {
namespace {

constexpr std::array<const char*, family_count> family_names = {"default", "state", "index",
                                                                "private", "blobs", "telemetry"};
// The log lives in RocksDB's default column family, which always exists.

/// For the manifest and options that every opening writes, and tables' filters and indexes.
constexpr std::uint64_t room_to_open = 2 << 20;

Error failure(const rocksdb::Status& status) {
  // Status texts hold file names and offsets, never keys or values.
  const bool corrupt = status.IsCorruption();
  return {corrupt ? Errc::corrupt : Errc::unavailable,
          corrupt ? "store.corrupt" : "store.io",
          {},
          status.ToString()};
}

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view text(const rocksdb::Slice& octets) { return {octets.data(), octets.size()}; }

class RocksStore final : public Store {
 public:
  RocksStore(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families,
             std::shared_ptr<rocksdb::Cache> cache, std::shared_ptr<StallWatch> stalls)
      : cache_(std::move(cache)),
        stalls_(std::move(stalls)),
        db_(std::move(db)),
        families_(std::move(families)) {}

  ~RocksStore() override {
    for (auto* handle : families_) db_->DestroyColumnFamilyHandle(handle);
    db_->Close();
  }

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override {
    rocksdb::PinnableSlice value;
    const auto status = db_->Get({}, handle(family), slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return failure(status);
    return std::optional<std::string>(value.ToString());
  }

  Result<std::vector<std::optional<std::string>>> multi_get(
      Family family, const std::vector<std::string>& keys) const override {
    std::vector<rocksdb::Slice> wanted(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet({}, handle(family), keys.size(), wanted.data(), values.data(), statuses.data());
    std::vector<std::optional<std::string>> found(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) {
        found[i] = values[i].ToString();
      } else if (!statuses[i].IsNotFound()) {
        return failure(statuses[i]);
      }
    }
    return found;
  }

  Result<void> scan(
      Family family, std::string_view first, std::string_view last,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    rocksdb::ReadOptions options;
    const rocksdb::Slice upper = slice(last);
    options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> cursor(db_->NewIterator(options, handle(family)));
    for (cursor->Seek(slice(first)); cursor->Valid(); cursor->Next()) {
      if (!visit(text(cursor->key()), text(cursor->value()))) return {};
    }
    if (!cursor->status().ok()) return failure(cursor->status());
    return {};
  }

  Commit commit(const WriteBatch& batch, std::string_view expected_head) override {
    const std::scoped_lock lock(writing_);
    if (failed_) return Commit::unknown;
    rocksdb::WriteBatch writes;
    for (const auto& write : batch.writes()) {
      const auto status = write.value
                              ? writes.Put(handle(write.family), slice(write.key), *write.value)
                              : writes.Delete(handle(write.family), slice(write.key));
      if (!status.ok()) return Commit::conflict;
    }
    if (!batch.empty()) {
      const auto& any_key = batch.writes().front().key;
      const auto log =
          static_cast<std::uint32_t>(keys::read_big_endian(std::string_view(any_key).substr(0, 4)));
      rocksdb::PinnableSlice head;
      const auto status = db_->Get({}, handle(Family::log), keys::head(log), &head);
      if (!status.ok() && !status.IsNotFound()) return stop();
      if (text(head) != expected_head) return Commit::conflict;
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    // After any failure the write may be in the log file or not, and RocksDB may succeed again
    // later on the same file: only a fresh start can tell (reference: an EIO at fsync left the row
    // readable).
    return db_->Write(options, &writes).ok() ? Commit::done : stop();
  }

  Result<void> purge(Family family) override {
    // Deleted rows would live on in files that are held, so it waits until they are let go.
    files_.acquire();
    const auto status = purge_family(*db_, families_, handle(family));
    files_.release();
    if (!status.ok()) return failure(status);
    return {};
  }

  Result<void> verify_checksums() const override {
    const auto status = db_->VerifyChecksum();
    if (!status.ok()) return failure(status);
    return {};
  }

  bool stalled() const override { return stalls_->stalled(*db_); }
  StoreStatistics statistics() const override { return statistics_of(*db_, *cache_, *stalls_); }

  Result<std::unique_ptr<FrozenFiles>> freeze(std::chrono::milliseconds patience) override {
    {
      const std::scoped_lock lock(writing_);
      if (failed_) return Error{Errc::unavailable, "store.io", {}, "a write has failed"};
    }
    if (!files_.try_acquire_for(patience)) {
      return Error{Errc::too_busy, "store.frozen", {}, "its files are held or being purged"};
    }
    std::unique_ptr<FrozenFiles> frozen;
    const auto status = freeze_files(*db_, families_, writing_, files_, frozen);
    if (!status.ok()) return failure(status);
    return frozen;
  }

 private:
  rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return families_[static_cast<std::size_t>(family)];
  }
  Commit stop() {
    failed_ = true;
    return Commit::unknown;
  }

  const std::shared_ptr<rocksdb::Cache> cache_;
  const std::shared_ptr<StallWatch> stalls_;
  const std::unique_ptr<rocksdb::DB> db_;
  const std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::mutex writing_;   // One commit at a time: the head is compared and written under it.
  bool failed_ = false;  // Guarded by writing_.
  std::binary_semaphore files_{1};  // Held by a purge, or by who copies the files.
};

rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache,
                                            std::uint64_t memory) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;  // inside the memory knob
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  // In pieces of 4 KiB: whole, a table's filter is a megabyte, more than a shard of the cache
  // keeps, and every append would read and check several of them again.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.format_version = 5;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.write_buffer_size = std::max<std::uint64_t>(memory / 16, 1 << 20);
  // Every append asks for a jti and a subject that are not there yet: a filter over the memtable,
  // as over the tables, answers that without a search.
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.05;
  // Leaves and tiles that are asked for are there: the last level, nine tenths of the rows, needs
  // no filter to say so.
  options.optimize_filters_for_hits = family == Family::log;
  options.compression = rocksdb::kLZ4Compression;
  if (family == Family::private_values) {
    // Ciphertext does not compress, and an erasure test must be able to find it byte for byte.
    options.compression = rocksdb::kNoCompression;
  }
  return options;
}

rocksdb::DBOptions database_options(const RocksOptions& options,
                                    const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::DBOptions db;
  db.create_if_missing = true;
  db.create_missing_column_families = true;
  db.paranoid_checks = true;
  // DESIGN invariant 9. The default, point-in-time, silently drops acknowledged entries that follow
  // a damaged record; this one drops a torn tail only and refuses the rest. The anchor catches a
  // tail that was acknowledged.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.recycle_log_file_num = 0;  // recycling would keep erased values in reused log files
  db.max_total_wal_size = 64 << 20;
  db.max_background_jobs = 2;
  db.max_open_files = 512;
  db.info_log = std::make_shared<NoLog>();
  db.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(options.memory / 4, cache);
  return db;
}

/// Opening works the write-ahead logs into tables: a disk without room for that is named before
/// anything is touched.
Result<void> check_room(const std::string& path) {
  std::error_code code;
  std::uint64_t needed = room_to_open;
  std::filesystem::directory_iterator file(path, code);
  for (; !code && file != std::filesystem::directory_iterator(); file.increment(code)) {
    if (file->path().extension() == ".log") needed += file->file_size(code);
  }
  if (code) return {};  // Not there yet, or not readable: opening says so better.
  const auto space = std::filesystem::space(path, code);
  if (code || space.available >= needed) return {};
  return Error{Errc::unavailable,
               "store.space",
               {},
               std::to_string(space.available) + " octets free, " + std::to_string(needed) +
                   " needed to open the database"};
}

Result<void> check_format(Store& store, bool read_only) {
  NGUON_TRY(const auto stored, store.get(Family::log, keys::format()));
  if (!stored) {
    if (read_only) return Error{Errc::invalid, "store.format", {}, "not a Nguon database"};
    WriteBatch batch;
    batch.put(Family::log, keys::format(), std::to_string(store_format));
    if (store.commit(batch, {}) != Commit::done) {
      return Error{Errc::unavailable, "store.io", {}, "could not write the format number"};
    }
    return {};
  }
  if (*stored == std::to_string(store_format)) return {};
  for (int older = oldest_store_format; older < store_format; ++older) {
    if (!read_only && *stored == std::to_string(older)) return {};
  }
  return Error{Errc::invalid,
               "store.format",
               {},
               "store format " + *stored + ", this binary reads " + std::to_string(store_format) +
                   "; a start of the service brings an older one up"};
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocks_store(const std::string& path,
                                                const RocksOptions& options) {
  if (!options.read_only) {
    NGUON_CHECK(check_room(path));
  } else if (std::error_code code; !std::filesystem::exists(path, code)) {
    // RocksDB makes the folder even to read.
    return Error{Errc::not_found, "start.not-initialised", {}, path};
  }
  // Write buffers are charged to it. As much again is what a process takes besides, at ten million
  // entries: table readers, buffers of compactions, the ledger's own caches.
  const auto cache = rocksdb::NewLRUCache(options.memory / 2);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t i = 0; i < family_count; ++i) {
    descriptors.emplace_back(family_names[i],
                             family_options(static_cast<Family>(i), cache, options.memory));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  auto db_options = database_options(options, cache);
  const auto stalls = std::make_shared<StallWatch>();
  db_options.listeners.push_back(stalls);
  const auto status =
      options.read_only
          ? rocksdb::DB::OpenForReadOnly(db_options, path, descriptors, &handles, &raw)
          : rocksdb::DB::Open(db_options, path, descriptors, &handles, &raw);
  if (!status.ok()) return failure(status);
  auto store = std::make_unique<RocksStore>(std::unique_ptr<rocksdb::DB>(raw), std::move(handles),
                                            cache, stalls);
  NGUON_CHECK(check_format(*store, options.read_only));
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace nguon::ledger
