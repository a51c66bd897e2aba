#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nguon::server {

/// The part of an address that may be looked at: a /24 of IPv4, a /48 of IPv6.
struct CoarseNetwork {
  bool six = false;
  std::uint64_t bits = 0;  ///< The first 24 or 48 bits, right-aligned.
  bool operator==(const CoarseNetwork&) const = default;

  static constexpr int bits_of(bool six) { return six ? 48 : 24; }
  int width() const { return bits_of(six); }
};

/// Of a numeric address; an IPv4 address written in IPv6 is one of IPv4. Absent for anything else.
std::optional<CoarseNetwork> coarse_network(std::string_view address);

}  // namespace nguon::server
