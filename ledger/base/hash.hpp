#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// 32 bytes of SHA-256. Bytes elsewhere travel as std::string / std::string_view of octets.
struct Hash {
  std::array<std::uint8_t, 32> bytes{};

  /// The octets, valid while this Hash lives.
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  auto operator<=>(const Hash&) const = default;
};

}  // namespace nguon::ledger
