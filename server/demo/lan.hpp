#pragma once

#include "labels/qr.hpp"
#include "ledger/base/result.hpp"

#include <optional>
#include <string>

namespace nguon::server {

/// A certificate authority of the demo's own and a server certificate by it, as PEM files.
struct LanIdentity {
  std::string ca_file;           ///< What phones are asked to trust.
  std::string certificate_file;  ///< Server certificate.
  std::string key_file;
};

/// Makes (or, when `directory` holds one for this address already, reuses) a P-256 CA that may only
/// sign for `address`, and a server certificate for it, both good for 30 days. The CA's private key
/// is never written: it cannot sign anything else later. Errors: `file.*`, `demo.certificate`.
ledger::Result<LanIdentity> make_lan_identity(const std::string& directory,
                                              const std::string& address);

/// The IPv4 address by which machines of the local network reach this one; absent when there is
/// none but loopback.
std::optional<std::string> lan_address();

/// The symbol in half-block characters, black on white on any ANSI terminal, quiet zone
/// included; every line ends in a newline.
std::string terminal_qr(const labels::QrModules& modules);

}  // namespace nguon::server
