#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace nguon::server {

/// A bar on stderr for work a person waits for: drawn only on a terminal, at most ten times a
/// second, and cleared in the end. Not thread-safe.
class Progress {
 public:
  /// `total` 0: unknown, so only the count is shown.
  Progress(std::string what, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t done);

 private:
  const std::string what_;
  const std::uint64_t total_;
  const bool shown_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace nguon::server
