#pragma once

#include "ledger/base/result.hpp"

#include <memory>
#include <string>
#include <utility>

namespace nguon::server {

/// A folder of its own below the machine's temporary one (`TMPDIR`), deleted with all that is in it
/// when its owner goes; only a killed process leaves it behind.
class TemporaryFolder {
 public:
  /// `nguon-<purpose>-XXXXXX`, mode 0700. Error `file.write` (Errc::unavailable).
  static ledger::Result<std::unique_ptr<TemporaryFolder>> make(const std::string& purpose);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  const std::string path_;
};

}  // namespace nguon::server
