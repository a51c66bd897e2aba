#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// A UUID version 7 (RFC 9562 §5.7) as 36 lower-case symbols. `unix_ms` fills 48 bits, `random` is
/// exactly 10 octets of which 74 bits are used.
std::string make_uuid7(std::int64_t unix_ms, std::string_view random);

/// The Unix milliseconds of a lower-case version-7 UUID of the RFC variant; absent for any other
/// text.
std::optional<std::int64_t> parse_uuid7(std::string_view text);

}  // namespace nguon::ledger
