#pragma once

#include <rocksdb/env.h>

#include <cstdarg>

namespace nguon::ledger {

/// Keeps RocksDB from writing a LOG file of its own: one more thing for a full disk to break, and
/// in Debian's build, which has assertions, a second line after one that failed aborts the process.
/// What matters comes back as a status.
class NoLog final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char* /*format*/, std::va_list /*arguments*/) override {}
};

}  // namespace nguon::ledger
