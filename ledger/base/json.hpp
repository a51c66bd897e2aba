#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/base/result.hpp"

namespace nguon::ledger {

/// Largest integer JavaScript holds exactly (RFC 7493 §2.2); DESIGN §3 allows no number beyond it.
inline constexpr std::int64_t max_safe_integer = 9'007'199'254'740'991;

/// How deep and how strictly foreign JSON may nest.
struct JsonLimits {
  std::size_t max_depth = 8;      ///< Objects and arrays inside each other, the outermost counted.
  bool integers_only = true;      ///< Refuse fractions, exponents and integers beyond ±(2^53−1).
  bool nfc_only = true;           ///< Refuse any string, key or value, that is not in NFC.
};

/// Parses one JSON text from outside. Beyond RFC 8259 it refuses duplicate keys (Boost.JSON alone lets
/// the last win, so two readers could see two documents), and what `limits` forbids.
/// Errors: `json.syntax`, `json.depth`, `json.duplicate-key`, `json.number`, `json.nfc`. Never throws.
Result<boost::json::value> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace nguon::ledger
