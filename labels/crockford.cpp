#include "labels/crockford.hpp"

#include <array>
#include <cstdint>

namespace nguon::labels {
namespace {

constexpr std::uint8_t no_value = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_value);
  for (std::size_t i = 0; i < crockford_symbols.size(); ++i) {
    const char symbol = crockford_symbols[i];
    values[static_cast<unsigned char>(symbol)] = static_cast<std::uint8_t>(i);
    if (symbol >= 'A')
      values[static_cast<unsigned char>(symbol + 32)] = static_cast<std::uint8_t>(i);
  }
  for (const char zero : {'O', 'o'}) values[static_cast<unsigned char>(zero)] = 0;
  for (const char one : {'I', 'i', 'L', 'l'}) values[static_cast<unsigned char>(one)] = 1;
  return values;
}
constexpr auto values = make_values();

/// Times α in GF(2⁵): x⁵ = x²+1.
constexpr unsigned times_alpha(unsigned value) {
  value <<= 1;
  return (value & 32u) != 0 ? value ^ 0b100101u : value;
}

/// Σ αⁱ·sᵢ by Horner's rule from the last symbol; absent on a foreign symbol.
std::optional<unsigned> syndrome(std::string_view text) {
  unsigned sum = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    const auto value = crockford_value(text[i]);
    if (!value) return std::nullopt;
    sum = times_alpha(sum) ^ *value;
  }
  return sum;
}

}  // namespace

std::optional<unsigned> crockford_value(char typed) {
  const std::uint8_t value = values[static_cast<unsigned char>(typed)];
  if (value == no_value) return std::nullopt;
  return value;
}

std::optional<std::string> crockford_read(std::string_view typed) {
  std::string text;
  text.reserve(typed.size());
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const auto value = crockford_value(c);
    if (!value) return std::nullopt;
    text += crockford_symbols[*value];
  }
  return text;
}

std::string crockford_encode(std::string_view octets) {
  std::string text;
  text.reserve((octets.size() * 8 + 4) / 5);
  unsigned held = 0;
  unsigned bits = 0;
  for (const char octet : octets) {
    held = (held << 8) | static_cast<unsigned char>(octet);
    for (bits += 8; bits >= 5; bits -= 5) text += crockford_symbols[(held >> (bits - 5)) & 31u];
    held &= (1u << bits) - 1;
  }
  if (bits > 0) text += crockford_symbols[(held << (5 - bits)) & 31u];
  return text;
}

char check_symbol(std::string_view body) {
  // Wanted: sₙ with Σ + αⁿ·sₙ = 0, so sₙ = Σ·α⁻ⁿ, and α⁻ⁿ = α³¹⁻ⁿ.
  unsigned value = syndrome(body).value_or(0);
  for (std::size_t i = body.size() % check_limit; i < check_limit; ++i) value = times_alpha(value);
  return crockford_symbols[value];
}

bool check_holds(std::string_view text) { return syndrome(text) == 0u; }

}  // namespace nguon::labels
