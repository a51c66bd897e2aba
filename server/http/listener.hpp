#pragma once

#include "ledger/base/result.hpp"
#include "server/http/exchange.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nguon::server {

struct ListenerOptions {
  std::string address = "127.0.0.1";  ///< Numeric, IPv4 or IPv6.
  std::uint16_t port = 0;             ///< 0: the system picks one; see Listener::port().
  unsigned io_threads = 1;
  Limits limits;
  /// Certificate chain and key, PEM; both empty = plain HTTP.
  std::string tls_certificate;
  std::string tls_key;
  /// How often the files are looked at for a change.
  std::chrono::milliseconds tls_check_every{10'000};
  std::vector<std::string> trusted_proxies;
  AccessLog access_log;
};

/// A listening socket with its threads. Owns them; destruction stops at once, as stop(0).
class Listener {
 public:
  /// Binds, then serves on own threads until stop(). `router` outlives the listener; `refuse` runs
  /// on io threads. Errors: `http.listen`, `http.tls` (Errc::unavailable), naming address or file.
  static ledger::Result<std::unique_ptr<Listener>> open(ListenerOptions options,
                                                        const Router& router, Refuse refuse);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const;
  /// Connections open now.
  std::size_t connections() const;
  /// Reads the certificate files again, changed or not (for SIGHUP); the old identity stays on
  /// failure.
  ledger::Result<void> reload_tls();
  /// Takes no more requests, lets those under way end for up to `drain`, then cuts them; returns
  /// when every thread has ended. Idle connections close within sweep_every. Once only, not from an
  /// io thread.
  void stop(std::chrono::milliseconds drain);

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Lifts the soft limit of open files to the hard one; returns what is now allowed. For main().
std::size_t raise_open_file_limit();

}  // namespace nguon::server
