#include "ledger/entry/uuid7.hpp"

#include "ledger/base/base64url.hpp"

namespace nguon::ledger {

std::string make_uuid7(std::int64_t unix_ms, std::string_view random) {
  std::string octets;
  for (int shift = 40; shift >= 0; shift -= 8)
    octets += static_cast<char>((unix_ms >> shift) & 255);
  octets += random.substr(0, 10);
  octets[6] = static_cast<char>((octets[6] & 0x0F) | 0x70);  // version 7
  octets[8] = static_cast<char>((octets[8] & 0x3F) | 0x80);  // RFC 9562 variant
  std::string text = hex_encode(octets);
  for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) text.insert(hyphen, 1, '-');
  return text;
}

std::optional<std::int64_t> parse_uuid7(std::string_view text) {
  if (text.size() != 36 || text[14] != '7') return std::nullopt;
  if (std::string_view("89ab").find(text[19]) == std::string_view::npos) return std::nullopt;
  std::int64_t unix_ms = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hyphen_here = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (hyphen_here ? c != '-' : !digit) return std::nullopt;
    if (i < 13 && digit) unix_ms = unix_ms * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return unix_ms;
}

}  // namespace nguon::ledger
