#pragma once

#include "server/signals/signal_book.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace nguon::server {

/// Writes a book's counts every ten seconds and at the end, and sweeps it once a day. One thread of
/// its own.
class SignalKeeper {
 public:
  /// `book` outlives it.
  explicit SignalKeeper(SignalBook& book);
  /// Writes what was counted last.
  ~SignalKeeper();
  SignalKeeper(const SignalKeeper&) = delete;
  SignalKeeper& operator=(const SignalKeeper&) = delete;

 private:
  void run();

  SignalBook& book_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
