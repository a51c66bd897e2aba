#pragma once

#include "labels/element_string.hpp"

#include <cstdint>
#include <vector>

namespace nguon::labels {

/// Light modules that must stay free left and right of a GS1-128 symbol.
inline constexpr int linear_quiet_zone = 10;

/// A GS1-128 symbol: Code 128 (ISO/IEC 15417) that begins with FNC1.
struct LinearSymbol {
  /// In modules, from the left: bar, space, bar … bar. Quiet zones are not among them.
  std::vector<std::uint8_t> widths;
  int modules = 0;  ///< their sum
  bool operator==(const LinearSymbol&) const = default;
};

/// The shortest symbol that holds the elements in their order. Faults of check_elements; length:
/// none, or over 48 characters.
Gs1Result<LinearSymbol> encode_gs1_128(const Elements& elements);

}  // namespace nguon::labels
