#include "ledger/store/rocks_logs.hpp"

#include <charconv>
#include <string_view>
#include <vector>

namespace nguon::ledger {

rocksdb::Status oldest_needed_log(rocksdb::DB& db, std::uint64_t& number) {
  const bool known = db.GetIntProperty(rocksdb::DB::Properties::kMinLogNumberToKeep, &number);
  return known ? rocksdb::Status::OK() : rocksdb::Status::NotSupported("no oldest write-ahead log");
}

rocksdb::Status logs_from(rocksdb::DB& db, std::uint64_t oldest,
                          std::map<std::string, std::uint64_t>& logs) {
  std::vector<std::string> present;
  auto status = db.GetEnv()->GetChildren(db.GetName(), &present);
  if (!status.ok()) return status;
  for (const std::string& name : present) {
    if (!name.ends_with(".log")) continue;
    std::uint64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec != std::errc() || number < oldest) continue;
    std::uint64_t octets = 0;
    status = db.GetEnv()->GetFileSize(db.GetName() + '/' + name, &octets);
    // Where files may be deleted meanwhile, one that is gone was needed no more.
    if (status.IsNotFound() || status.IsPathNotFound()) continue;
    if (!status.ok()) return status;
    logs.emplace(name, octets);
  }
  return rocksdb::Status::OK();
}

}  // namespace nguon::ledger
