#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/sd_jwt.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// The one entry type without `aud`, and the one that may be as large as max_adopt_jws_size.
inline constexpr std::string_view genesis_type = "genesis/1";
inline constexpr std::string_view adopt_type_name = "entry.adopt";

/// A payload that keeps the grammar of FORMAT.md "Entry", with the private slots found in its data.
struct Claims {
  Entry entry;
  std::vector<Slot> slots;
};

/// Reads the payload of an already split JWS whose whole text is `text`. Judges nothing that needs
/// a schema, a key or the deployment id. Thread-safe. Errors: `entry.payload`, `entry.claim`
/// (unknown), `entry.<claim>` (missing or malformed), `entry.too-large`, those of parse_json and
/// find_slots; fields point into the payload.
Result<Claims> parse_claims(std::string_view text, const Jws& jws);

/// Layer 1 as it is replayed by an audit: signature and grammar, no schema, no disclosure
/// (DESIGN §4). `text` is the logged JWS.
Result<Entry> check_grammar_and_signature(std::string_view text, const PublicKey& key);

/// `batch.harvest/1` → {"batch.harvest", 1}; absent when it is no type.
struct TypeName {
  std::string_view name;
  int major = 0;  ///< 1 to 999.
};
std::optional<TypeName> parse_type(std::string_view type);

/// `(0|[1-9]\d{0,11})(\.\d{1,6})?`.
bool is_amount(std::string_view text);
/// 1 to 16 of a–z, A–Z, 0–9; which of them exist is the bundle's closed unit table.
bool is_unit(std::string_view text);

}  // namespace nguon::ledger
