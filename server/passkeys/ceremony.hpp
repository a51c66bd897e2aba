#pragma once

#include "ledger/base/result.hpp"
#include "server/passkeys/authenticator_data.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// Whom a passkey is for: where the browser that uses it must be.
struct RelyingParty {
  std::string id;      ///< Host, lower case, without a port.
  std::string origin;  ///< `https://HOST` or, on this computer alone, `http://localhost:PORT`.
};

enum class CeremonyKind { create, get };

/// What a browser brings of one ceremony, as octets.
struct CeremonyAnswer {
  std::string client_data;         ///< What the browser saw; its hash is signed.
  std::string authenticator_data;  ///< What the authenticator saw; signed.
};

inline constexpr std::size_t max_client_data = 4096;

/// What holds once a ceremony was checked.
struct Ceremony {
  std::string challenge;  ///< Octets; whether it was ours is the caller's to say.
  AuthenticatorData authenticator;
};

/// The steps of WebAuthn Level 3 §7.1 and §7.2 that need no memory: kind, origin, no frame of
/// another site, host, owner present and known, a key exactly where one is made.
/// Errors: `passkey.client-data` with the member, `passkey.origin`, `passkey.rp`, `passkey.user`,
/// those of read_authenticator_data().
ledger::Result<Ceremony> check_ceremony(CeremonyKind kind, const RelyingParty& party,
                                        const CeremonyAnswer& answer);

/// §7.2 steps 19 to 21: an ECDSA signature comes as DER, and only as its one DER.
/// Error: `passkey.signature`.
ledger::Result<void> check_assertion_signature(std::string_view jwk, const CeremonyAnswer& answer,
                                               std::string_view signature);

}  // namespace nguon::server
