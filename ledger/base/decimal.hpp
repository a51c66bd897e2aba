#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nguon::ledger {

/// The number that canonical ASCII decimal text names: digits only, no sign, no leading zero but
/// "0" itself, at most `max`. Absent otherwise.
inline std::optional<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t max) {
  if (text.empty() || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > max) return std::nullopt;
  return number;
}

}  // namespace nguon::ledger
