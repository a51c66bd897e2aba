#pragma once

#include "ledger/base/result.hpp"
#include "ledger/keys/key.hpp"

#include <string>
#include <string_view>

namespace nguon::ledger {

/// What each signed thing is, so that none can be passed off as another (RFC 8725 §3.11).
inline constexpr std::string_view entry_typ = "nguon-entry+jwt";
/// A new key's proof that its holder asked for the enrolment: {aud, person, org, code}.
inline constexpr std::string_view enrolment_typ = "nguon-enrolment+jwt";
/// The same of a key of the log itself: {aud, org, use}.
inline constexpr std::string_view possession_typ = "nguon-possession+jwt";

/// A compact JWS (RFC 7515 §7.1) in the one form FORMAT.md "JWS" allows. Not yet verified.
struct Jws {
  std::string_view signing_input;  ///< `header.payload`, valid while the parsed text lives.
  Alg alg = Alg::es256;
  std::string kid;        ///< RFC 7638 thumbprint, 43 symbols.
  std::string payload;    ///< Decoded octets.
  std::string signature;  ///< 64 octets.
};

/// Splits `text` and checks it to the byte: canonical base64url and exactly the header
/// `{"alg":…,"typ":<typ>,"kid":…}`. Sizes are the caller's to limit. Thread-safe.
/// Errors: `jws.shape`, `jws.base64url`, `jws.header`, `jws.alg`, `jws.typ`, `jws.kid`,
/// `jws.signature` (not 64 octets).
Result<Jws> parse_jws(std::string_view text, std::string_view typ);

/// Errors: `jws.alg` when the header's algorithm is not the one the key was enrolled with,
/// `jws.signature`.
Result<void> verify_jws(const Jws& jws, const PublicKey& key);

/// Signs `payload` verbatim. `typ` needs no JSON escapes.
std::string make_jws(const PrivateKey& key, std::string_view typ, std::string_view payload);

/// SHA-256 of the signing input, base64url: the identity of an entry, whatever its signature.
std::string entry_id(std::string_view signing_input);

}  // namespace nguon::ledger
