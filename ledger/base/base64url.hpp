#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"

namespace nguon::ledger {

/// RFC 4648 §5, unpadded.
std::string base64url_encode(std::string_view octets);
inline std::string base64url_encode(const Hash& hash) { return base64url_encode(hash.view()); }

/// Canonical text only: no padding, no foreign symbol, slack bits zero. Absent otherwise.
std::optional<std::string> base64url_decode(std::string_view text);

/// Exactly 43 canonical symbols -> 32 octets.
std::optional<Hash> base64url_hash(std::string_view text);

/// RFC 4648 §4 with padding, as C2SP signed notes use it. Decoding is canonical too.
std::string base64_encode(std::string_view octets);
std::optional<std::string> base64_decode(std::string_view text);

/// Lower-case hexadecimal.
std::string hex_encode(std::string_view octets);
/// Either case; absent on an odd length or a foreign symbol.
std::optional<std::string> hex_decode(std::string_view text);

}  // namespace nguon::ledger
