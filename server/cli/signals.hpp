#pragma once

#include <unistd.h>

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

 private:
  sigset_t set_{};
};

}  // namespace nguon::server
