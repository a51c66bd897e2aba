#pragma once

#include "labels/fault.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::labels {

/// The 32 symbols in order of value: no I, L, O, U.
inline constexpr std::string_view crockford_symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Value 0..31 of a symbol as people type it: case-blind, O reads as 0, I and L as 1.
std::optional<unsigned> crockford_value(char typed);

/// Typed text to canonical symbols; spaces and hyphens are dropped (labels/FORMAT.md §1).
/// Absent when any other character appears. The result may be empty.
std::optional<std::string> crockford_read(std::string_view typed);

/// Octets to symbols, most significant bit first, the last symbol filled with zero bits.
std::string crockford_encode(std::string_view octets);

/// Length up to which check_symbol catches every swap: the order of α in GF(2^5).
inline constexpr std::size_t check_limit = 31;

/// The symbol to append to `body` (canonical, shorter than check_limit) so that check_holds.
char check_symbol(std::string_view body);

/// Σ αⁱ·sᵢ = 0 in GF(2⁵), x⁵+x²+1, α = 2, over canonical text. False on a foreign symbol.
bool check_holds(std::string_view text);

}  // namespace nguon::labels
