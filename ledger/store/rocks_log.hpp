#pragma once

#include <rocksdb/env.h>

#include <cstdarg>

namespace nguon::ledger {

/// RocksDB's errors as lines on stderr. Its own LOG file would be one more thing that a full disk
/// breaks: in Debian's build, with assertions, a second line after a failed one aborts the process.
class ErrorLog final : public rocksdb::Logger {
 public:
  ErrorLog() : Logger(rocksdb::InfoLogLevel::ERROR_LEVEL) {}
  using Logger::Logv;
  void Logv(const char* format, std::va_list arguments) override;
};

}  // namespace nguon::ledger
