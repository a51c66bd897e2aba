#pragma once

#include "ledger/base/clock.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace nguon::server {

/// Nonces that a service gives out and knows again without keeping them, so that nobody can use up
/// other people's: time and chance under a MAC. Thread-safe.
class Challenges {
 public:
  /// How long each is good.
  static constexpr std::int64_t good_s = 120;

  /// `clock` outlives it. The secret is new with each: after a restart one asks again.
  explicit Challenges(const ledger::Clock& clock);

  /// Octets, good for this purpose alone.
  std::string make(std::string_view purpose) const;
  /// Ours, for this purpose, and young.
  bool is_good(std::string_view nonce, std::string_view purpose) const;
  /// True the first time for a good one. Call it once all else was checked: only who could sign
  /// makes us remember anything.
  bool spend(std::string_view nonce);

 private:
  std::string mac_of(std::string_view purpose, std::string_view body) const;

  const ledger::Clock& clock_;
  const std::string secret_;
  std::mutex mutex_;                                        // Guards spent_.
  std::map<std::string, std::int64_t, std::less<>> spent_;  // Until when it would be good.
};

}  // namespace nguon::server
