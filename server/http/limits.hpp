#pragma once

#include <chrono>
#include <cstddef>

namespace nguon::server {

/// What one client may cost. Deadlines are checked every sweep_every, so they may run over by that
/// much.
struct Limits {
  /// Request line and header fields together, octets; more gets a 431.
  std::size_t head_octets = 16 * 1024;
  /// From the first octet of a request (or the TLS hello) to the end of its head; over it, 408.
  std::chrono::milliseconds head{10'000};
  /// From the end of the head to the end of the body; over it, 408.
  std::chrono::milliseconds body{30'000};
  /// How long a deferred handler may take; over it, 503: the outcome is unknown to the client.
  std::chrono::milliseconds answer{30'000};
  /// For each slice of up to 64 KiB of a response; over it the connection is cut.
  std::chrono::milliseconds write{30'000};
  /// Kept alive without a request.
  std::chrono::milliseconds idle{60'000};
  /// All connections of the listener; further ones get a 503 at once. Fewer where the process may
  /// not open that many files beside the store's.
  std::size_t connections = 4096;
  /// Connections from one address, trusted proxies excepted. Mobile carriers put thousands of
  /// shoppers behind one address, so this is a fuse and not a rate limit.
  std::size_t connections_per_peer = 1024;
};

inline constexpr std::chrono::milliseconds sweep_every{200};

}  // namespace nguon::server
