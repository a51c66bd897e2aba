#pragma once

#include <string>
#include <string_view>

#include "ledger/base/result.hpp"

namespace nguon::ledger {

/// AES-256-GCM (NIST SP 800-38D) with a fresh random 96-bit nonce: nonce ‖ ciphertext ‖ 128-bit tag.
/// `key` is 32 octets; `context` is authenticated, not stored, and binds the box to its place.
std::string seal(std::string_view key, std::string_view plain, std::string_view context);

/// The plain octets, or `private.sealed` (Errc::corrupt) when key, context or octets differ.
Result<std::string> open_sealed(std::string_view key, std::string_view box, std::string_view context);

/// Overhead of seal() in octets.
inline constexpr std::size_t seal_overhead = 12 + 16;

}  // namespace nguon::ledger
