#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// A credential that an authenticator has just made.
struct AttestedKey {
  std::string id;   ///< Octets, min_credential_id to max_credential_id of them.
  std::string jwk;  ///< Canonical text (ledger::PublicKey).
};

/// What an authenticator says of itself and signs (WebAuthn Level 3 §6.1 "Authenticator Data").
struct AuthenticatorData {
  std::string rp_id_hash;   ///< 32 octets: SHA-256 of the host the credential is for.
  bool present = false;     ///< Somebody touched it (UP).
  bool verified = false;    ///< It knows that it was its owner: finger, face, PIN (UV).
  bool portable = false;    ///< May be copied to its owner's other devices (BE) …
  bool copied = false;      ///< … and has been (BS).
  std::uint32_t count = 0;  ///< Of signatures; 0 for ever where it does not count.
  std::optional<AttestedKey> attested;
};

inline constexpr std::size_t max_authenticator_data = 2048;
/// WebAuthn §5.1 and §4 "Credential ID".
inline constexpr std::size_t min_credential_id = 16;
inline constexpr std::size_t max_credential_id = 1023;

/// Grammar alone. A key is read without a CBOR reader: it has to be in CTAP2's canonical encoding
/// without any optional member (§6.5.1), so that P-256 and Ed25519 have one form each, all octets
/// of it fixed but the coordinates. Extensions are signed but mean nothing to us: where the flags
/// say there are some, what follows has to begin as a map of CBOR and is passed over. Errors:
/// `passkey.authenticator`, `passkey.key` (not one of the two kinds, or not on its curve).
ledger::Result<AuthenticatorData> read_authenticator_data(std::string_view octets);

}  // namespace nguon::server
