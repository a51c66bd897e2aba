#pragma once

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>

namespace nguon::server {

/// Blocks SIGTERM and SIGINT in this thread and those it starts later, so that wait() receives
/// them. Make it before any thread.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  /// Returns when somebody asks the process to end.
  void wait() const {
    int signal = 0;
    while (sigwait(&set_, &signal) != 0) {
    }
  }
  /// Lets wait() return, from any thread.
  static void raise() { ::kill(::getpid(), SIGTERM); }
  /// True when somebody asked within that time.
  bool wait_for(std::chrono::milliseconds time) const {
    const auto until = std::chrono::steady_clock::now() + time;
    for (;;) {
      const auto left =
          std::max(std::chrono::nanoseconds(0),
                   std::chrono::nanoseconds(until - std::chrono::steady_clock::now()));
      const timespec wait{static_cast<time_t>(left.count() / 1'000'000'000),
                          static_cast<long>(left.count() % 1'000'000'000)};
      if (sigtimedwait(&set_, nullptr, &wait) > 0) return true;
      if (left.count() == 0) return false;
    }
  }

 private:
  sigset_t set_{};
};

}  // namespace nguon::server
