#include "ledger/base/base64url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace nguon::ledger {
namespace {

constexpr std::string_view url_symbols =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view plain_symbols =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> inverse(std::string_view symbols) {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    table[static_cast<unsigned char>(symbols[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}
constexpr auto url_values = inverse(url_symbols);
constexpr auto plain_values = inverse(plain_symbols);

// Writes in place: growing a string symbol by symbol cost as much as hashing it.
std::string encode(std::string_view octets, std::string_view symbols) {
  std::string text((octets.size() * 4 + 2) / 3, '\0');
  std::uint32_t bits = 0;
  int held = 0;
  char* out = text.data();
  for (const char c : octets) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) *out++ = symbols[(bits >> (held - 6)) & 63];
  }
  if (held > 0) *out = symbols[(bits << (6 - held)) & 63];
  return text;
}

std::optional<std::string> decode_by(std::string_view text,
                                     const std::array<std::int8_t, 256>& values) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string octets(text.size() * 3 / 4, '\0');
  char* out = octets.data();
  const auto value_of = [&](std::size_t at) -> int {
    return values[static_cast<unsigned char>(text[at])];
  };
  // Four symbols at once: entries are decoded more often than anything else is done to them.
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const int a = value_of(at);
    const int b = value_of(at + 1);
    const int c = value_of(at + 2);
    const int d = value_of(at + 3);
    if ((a | b | c | d) < 0) return std::nullopt;
    *out++ = static_cast<char>((a << 2) | (b >> 4));
    *out++ = static_cast<char>(((b & 15) << 4) | (c >> 2));
    *out++ = static_cast<char>(((c & 3) << 6) | d);
  }
  std::uint32_t bits = 0;
  int held = 0;
  for (; at < text.size(); ++at) {
    const int value = value_of(at);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      *out++ = static_cast<char>((bits >> held) & 255);
    }
  }
  // Slack bits must be zero, or two texts would name the same octets.
  if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
  return octets;
}

}  // namespace

std::string base64url_encode(std::string_view octets) { return encode(octets, url_symbols); }

std::optional<std::string> base64url_decode(std::string_view text) {
  return decode_by(text, url_values);
}

std::optional<Hash> base64url_hash(std::string_view text) {
  if (text.size() != 43) return std::nullopt;
  const auto octets = base64url_decode(text);
  if (!octets) return std::nullopt;
  Hash hash;
  std::copy(octets->begin(), octets->end(), hash.bytes.begin());
  return hash;
}

std::string base64_encode(std::string_view octets) {
  std::string text = encode(octets, plain_symbols);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  return decode_by(text.substr(0, text.size() - padding), plain_values);
}

std::string hex_encode(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(octets.size() * 2);
  for (const char c : octets) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::optional<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string octets;
  octets.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    octets += static_cast<char>(high * 16 + low);
  }
  return octets;
}

}  // namespace nguon::ledger
