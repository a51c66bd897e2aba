#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>

namespace nguon::ledger {

/// What secrets outside the service's own disk are wrapped in (FORMAT.md "Passphrase box"): scrypt
/// (RFC 7914, N = 2^17, r = 8, p = 1: 128 MiB and some tenths of a second for each guess) makes the
/// key of an AES-256-GCM seal. `context` is authenticated and not stored.
std::string seal_with_passphrase(std::string_view passphrase, std::string_view plain,
                                 std::string_view context);

/// Errors: `passphrase.box` (Errc::invalid) when passphrase, context or octets differ: nobody can
/// tell which.
Result<std::string> open_with_passphrase(std::string_view passphrase, std::string_view box,
                                         std::string_view context);

}  // namespace nguon::ledger
