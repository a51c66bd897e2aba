#pragma once

#include "ledger/store/frozen_files.hpp"

#include <rocksdb/db.h>

#include <memory>
#include <mutex>
#include <semaphore>
#include <vector>

namespace nguon::ledger {

/// Flushes `all`, so that little is left in the write-ahead log, then lists the files with
/// `writing` held: no commit is half in them, and every head they show was synced. `files` was
/// acquired by the caller and is released when `frozen` is destroyed, or at once on a failure.
rocksdb::Status freeze_files(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& all,
                             std::mutex& writing, std::binary_semaphore& files,
                             std::unique_ptr<FrozenFiles>& frozen);

}  // namespace nguon::ledger
