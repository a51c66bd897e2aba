#pragma once

#include <rocksdb/db.h>

#include <vector>

namespace nguon::ledger {

/// What deleted rows of `family` lay in leaves the disk: flushes `all`, rewrites the tables of
/// `family`, and returns once no file is left that RocksDB no longer needs. A reader keeps the
/// tables it reads, so this waits for readers, up to a minute: then Status::TimedOut.
rocksdb::Status purge_family(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& all,
                             rocksdb::ColumnFamilyHandle* family);

}  // namespace nguon::ledger
