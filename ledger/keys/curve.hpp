#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// 65 octets 04 ‖ x ‖ y of the P-256 point that `scalar` (32 octets, big-endian) multiplies the
/// base point to; absent when the scalar is not in 1..n−1.
std::optional<std::string> p256_point(std::string_view scalar);

/// True when the 32 octets encode (RFC 8032 §5.1.3) a point of edwards25519 canonically, and its
/// order is not 1, 2, 4 or 8: under a key of small order one signature fits many messages.
bool is_sound_ed25519_point(std::string_view octets);

}  // namespace nguon::ledger
