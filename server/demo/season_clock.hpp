#pragma once

#include "ledger/base/clock.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace nguon::server {

/// The clock of the demo's ledger. While the sample season is told it shows the season's time, so
/// that `recorded` follows the devices as it does where people work; afterwards, the machine's. It
/// never steps back: where the machine's clock is behind the season it stands still. Thread-safe.
class SeasonClock final : public ledger::Clock {
 public:
  /// Unix ms.
  std::int64_t now_ms() const override {
    return over_ ? std::max(told_.load(), machine_.now_ms()) : told_.load();
  }
  /// The story has come to this time, Unix ms; an earlier one than before is ignored. One thread.
  void reach(std::int64_t now) { told_ = std::max(told_.load(), now); }
  /// The story is told: from here on, the machine's clock.
  void finish() { over_ = true; }

 private:
  const ledger::SystemClock machine_;
  std::atomic<std::int64_t> told_ = 0;
  std::atomic<bool> over_ = false;
};

}  // namespace nguon::server
