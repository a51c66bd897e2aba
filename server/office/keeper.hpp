#pragma once

#include "server/office/directory.hpp"
#include "server/passkeys/passkey_desk.hpp"
#include "server/session/own_entries.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace nguon::server {

/// Keeps a directory, the book of own entries and the passkeys abreast of the log, so that whoever
/// asks them finds little left to read, and what an erasure ends is not kept until somebody asks.
/// One thread of its own.
class DirectoryKeeper {
 public:
  /// All outlive it.
  DirectoryKeeper(Directory& directory, OwnEntries& own, PasskeyDesk& passkeys);
  /// Waits for a reading under way.
  ~DirectoryKeeper();
  DirectoryKeeper(const DirectoryKeeper&) = delete;
  DirectoryKeeper& operator=(const DirectoryKeeper&) = delete;

 private:
  void run();

  Directory& directory_;
  OwnEntries& own_;
  PasskeyDesk& passkeys_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
