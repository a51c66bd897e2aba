#pragma once

#include "ledger/base/descriptor.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/folder.hpp"

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// The folder of one mirror on disk, files named as LogFolder reads them. One process at a time.
/// Not thread-safe. Errors: `monitor.folder`.
class MirrorFolder {
 public:
  /// Makes the folder where there is none. Refuses one that another process has open.
  static Result<std::unique_ptr<MirrorFolder>> open(const std::string& path);
  ~MirrorFolder();
  MirrorFolder(const MirrorFolder&) = delete;
  MirrorFolder& operator=(const MirrorFolder&) = delete;

  LogFolder files() const { return LogFolder(path_); }
  const std::string& path() const { return path_; }

  /// Replaces a file as a whole: written beside it, synced, renamed. Its name is durable after
  /// settle().
  Result<void> write(const std::string& name, std::string_view octets);
  /// Syncs every folder that write() put a name into.
  Result<void> settle();
  /// Deletes a file, and its folder when that is empty then; nothing to say where it is not there.
  void remove(const std::string& name);

 private:
  MirrorFolder(std::string path, int directory) : path_(std::move(path)), directory_(directory) {}

  const std::string path_;
  const Descriptor directory_;  // Holds the lock.
  std::set<std::string> unsettled_;
};

}  // namespace nguon::ledger
