#pragma once

#include <chrono>
#include <cstdint>

namespace nguon::ledger {

/// The operator's raw clock, injected so that tests own time. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Unix milliseconds. May step backwards; nothing orders by it.
  virtual std::int64_t now_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_ms() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace nguon::ledger
