#pragma once

#include "ledger/base/result.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <mutex>
#include <string>

namespace nguon::server {

/// PEM files: the certificate chain, leaf first, and its private key.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

/// The server's current TLS identity, exchanged while connections live on with the one they began
/// with. TLS 1.2 and 1.3 only (RFC 8996), AEAD with forward secrecy, no renegotiation, ALPN
/// `http/1.1`; no resumption, so that no ticket key outlives a reload. Thread-safe.
class TlsIdentity {
 public:
  /// Errors: `http.tls`, Errc::unavailable, naming the file.
  static ledger::Result<std::unique_ptr<TlsIdentity>> load(TlsFiles files);

  std::shared_ptr<boost::asio::ssl::context> current() const;
  /// Reads the files again; on failure the old identity stays.
  ledger::Result<void> reload();
  /// reload(), if a file's time, size or inode differs from last time; true when a new identity is
  /// in use.
  ledger::Result<bool> reload_if_changed();

 private:
  explicit TlsIdentity(TlsFiles files) : files_(std::move(files)) {}

  const TlsFiles files_;
  mutable std::mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> context_;  // guarded by mutex_
  std::string stamp_;                                   // guarded by mutex_
};

}  // namespace nguon::server
