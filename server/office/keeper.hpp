#pragma once

#include "server/office/directory.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace nguon::server {

/// Keeps a directory abreast of the log, so that whoever asks it finds little left to read. One
/// thread of its own.
class DirectoryKeeper {
 public:
  /// `directory` outlives it.
  explicit DirectoryKeeper(Directory& directory);
  /// Waits for a reading under way.
  ~DirectoryKeeper();
  DirectoryKeeper(const DirectoryKeeper&) = delete;
  DirectoryKeeper& operator=(const DirectoryKeeper&) = delete;

 private:
  void run();

  Directory& directory_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
