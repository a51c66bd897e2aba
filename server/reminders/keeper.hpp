#pragma once

#include "server/reminders/reminder_desk.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace nguon::server {

/// Sends a desk's digests when their time comes: looks once a minute. One thread of its own.
class ReminderKeeper {
 public:
  /// `desk` outlives it.
  explicit ReminderKeeper(ReminderDesk& desk);
  /// Waits for a letter under way.
  ~ReminderKeeper();
  ReminderKeeper(const ReminderKeeper&) = delete;
  ReminderKeeper& operator=(const ReminderKeeper&) = delete;

 private:
  void run();

  ReminderDesk& desk_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
