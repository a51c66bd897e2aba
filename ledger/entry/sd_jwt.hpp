#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Nesting allowed to `data` (itself level 1, a slot's object and array counted) and to one private
/// value (itself level 1 when an object or array).
inline constexpr std::size_t max_data_depth = 8;

/// RFC 9901 §5.2.1 asks for 128 bits of salt. The upper bound only keeps it a salt.
inline constexpr std::size_t min_salt_octets = 16;
inline constexpr std::size_t max_salt_octets = 64;

/// `<JWS>~<disclosure>~…~` taken apart (RFC 9901 §4). Views into the text it was split from.
struct SdJwt {
  std::string_view jws;
  std::vector<std::string_view> disclosures;
  std::size_t disclosures_size = 0;  ///< Octets after the first tilde.
};

/// Errors: `sd-jwt.shape`: no tilde, an empty disclosure, or something after the last tilde (a key
/// binding JWT).
Result<SdJwt> split_sd_jwt(std::string_view text);

/// One private field: a place in `data` that holds `{"_sd":["<digest>"]}`.
struct Slot {
  std::string pointer;  ///< JSON Pointer (RFC 6901) within `data`.
  std::string digest;   ///< base64url SHA-256, 43 symbols.
};

/// All slots of `data`, in document order. Errors: `entry.slot` when `_sd` stands anywhere but in
/// an object of its own with exactly one digest, or a name reserved by RFC 9901 (`_sd_alg`, `...`)
/// is used; `entry.slot-digest-twice`.
Result<std::vector<Slot>> find_slots(const boost::json::object& data);

/// Gives each disclosure its slot by the digest of its text; values are left null. These are faults
/// of the carriage: whoever carries an entry can drop, double or add a disclosure. Errors:
/// `disclosure.duplicate`, `disclosure.unmatched`, with the disclosure's place in the submission as
/// field (`/disclosures/0`).
Result<std::vector<Disclosure>> match_disclosures(const std::vector<std::string_view>& texts,
                                                  const std::vector<Slot>& slots);

/// The value of one disclosure `[salt,"v",value]`. Errors: `disclosure.shape`, `disclosure.salt`,
/// `disclosure.name`, `disclosure.reserved` (a name of RFC 9901 inside the value: it would be
/// disclosed in turn), and those of parse_json.
Result<boost::json::value> disclosed_value(std::string_view text);

/// A disclosure of `value` under `salt` (≥ 16 octets); `pointer` is left empty.
Disclosure make_disclosure(std::string_view salt, const boost::json::value& value);

/// `{"_sd":["<digest>"]}`.
boost::json::object make_slot(std::string_view digest);

}  // namespace nguon::ledger
