#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <map>
#include <string>

namespace nguon::ledger {

/// The number below which a start needs no write-ahead log; it only rises.
rocksdb::Status oldest_needed_log(rocksdb::DB& db, std::uint64_t& number);

/// Write-ahead logs in the folder from `oldest` on: octets by file name, rising.
/// `DB::GetSortedWalFiles` would tell too, as would `DB::GetLiveFilesStorageInfo` through it, but
/// before RocksDB's pull request 14069 (October 2025) they may wait for ever: a thread that looks
/// for obsolete files while another syncs a log, and finds none, wakes nobody.
rocksdb::Status logs_from(rocksdb::DB& db, std::uint64_t oldest,
                          std::map<std::string, std::uint64_t>& logs);

}  // namespace nguon::ledger
