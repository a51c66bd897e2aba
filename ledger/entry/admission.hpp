#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/keys/key.hpp"
#include "schemas/bundle.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// The key that was ever enrolled under a kid, revoked or not (that is for apply to judge); absent
/// when this log knows none. Errors only when storage fails. Must be thread-safe if admit() is
/// shared.
using KeyResolver = std::function<Result<std::optional<PublicKey>>(std::string_view kid)>;

/// What layer 1 may know besides the submission. Everything outlives the call.
struct AdmissionContext {
  std::string_view deployment_id;  ///< Entry id of log index 0; empty while there is none.
  const schemas::Bundle& bundle;   ///< The rule bundle in force.
  const KeyResolver& key_of;
};

/// Why a submission was not admitted.
struct Rejection {
  Error error;
  /// True when the octets at fault are validly signed: then the entry deserves a signed refusal
  /// (DESIGN §4) and can never be admitted here as it stands. False: an unsigned problem, for
  /// anyone could have sent these bytes, or dropped or added disclosures of a good entry.
  bool validly_signed = false;
  std::string entry_id;  ///< Empty where the JWS is not well-formed.
};

/// Asking an Admission for what it does not hold is a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Rejection& rejection,
                                             const boost::source_location& where);
using Admission = boost::system::result<Admitted, Rejection>;

/// Layer 1 (DESIGN §3, §4): signature, grammar, schema, disclosures, limits. No state but keys, no
/// clock, no I/O but the resolver. Thread-safe.
/// `body` is the SD-JWT, `expected_id` the entry id of the URL, empty for none.
/// Errors of the submission, unsigned: `entry.too-large` (over 40 KiB; Errc::too_large),
/// `sd-jwt.shape`, `jws.*`, `entry.id`, `key.unknown` (Errc::not_yet), the resolver's,
/// `entry.disclosures-too-large`, `disclosure.duplicate`, `disclosure.unmatched`,
/// `disclosure.missing`. Errors of what is validly signed: those of parse_claims, `entry.aud`,
/// `entry.type`, `entry.sub`, `entry.prev`, `entry.from`, `entry.slot`, `quantity.*`, the schema's,
/// those of disclosed_value, `disclosure.forbidden`.
Admission admit(std::string_view body, std::string_view expected_id,
                const AdmissionContext& context);

/// The genesis entry alone: grammar, and a signature by the root key that its data carries
/// (DESIGN §3). No schema. Errors: `genesis.root` and those of check_grammar_and_signature.
Result<Entry> check_genesis(std::string_view jws);

}  // namespace nguon::ledger
