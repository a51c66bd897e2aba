#pragma once

#include "ledger/base/result.hpp"
#include "server/cli/signals.hpp"

#include <mutex>
#include <optional>

namespace nguon::server {

/// Why a deployment that stopped signing ends (DESIGN §4, invariant 7). say() may be called from
/// any thread, more than once: the first reason counts, and wakes whoever waits for the signals.
class LastWord {
 public:
  void say(const ledger::Error& why) {
    {
      const std::scoped_lock lock(mutex_);
      if (why_) return;
      why_ = why;
    }
    StopSignals::raise();
  }
  /// What the process should end with.
  ledger::Result<void> outcome() const {
    const std::scoped_lock lock(mutex_);
    if (why_) return *why_;
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::optional<ledger::Error> why_;  // Guarded by mutex_.
};

}  // namespace nguon::server
