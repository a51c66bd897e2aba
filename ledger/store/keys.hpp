#pragma once

#include "ledger/base/hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Key grammar of the store (FORMAT.md "Store"): every key begins with the log's number, 4 octets,
/// most significant first; numbers inside keys are 8 octets, most significant first, so that byte
/// order is log order.
namespace nguon::ledger::keys {

inline std::string big_endian(std::uint64_t number, int octets = 8) {
  std::string text(static_cast<std::size_t>(octets), '\0');
  for (int i = octets - 1; i >= 0; --i, number >>= 8) {
    text[static_cast<std::size_t>(i)] = static_cast<char>(number & 255);
  }
  return text;
}

inline std::uint64_t read_big_endian(std::string_view octets) {
  std::uint64_t number = 0;
  for (const char c : octets) number = (number << 8) | static_cast<unsigned char>(c);
  return number;
}

inline std::string prefix(std::uint32_t log, char tag) { return big_endian(log, 4) + tag; }

/// The first key after every key that starts with `text` (which is never all 0xff here).
inline std::string after(std::string text) {
  while (!text.empty() && static_cast<unsigned char>(text.back()) == 255) text.pop_back();
  text.back() = static_cast<char>(static_cast<unsigned char>(text.back()) + 1);
  return text;
}

// Family::log
/// Belongs to the store, not to a log: under log number 0xffffffff, which no log has.
inline std::string format() { return prefix(0xffffffff, 'F'); }
inline std::string head(std::uint32_t log) { return prefix(log, 'H'); }
inline std::string leaf(std::uint32_t log, std::uint64_t index) {
  return prefix(log, 'L') + big_endian(index);
}
inline std::string tile(std::uint32_t log, unsigned level, std::uint64_t number) {
  return prefix(log, 'T') + static_cast<char>(level) + big_endian(number);
}
inline std::string rules(std::uint32_t log, const Hash& bundle) {
  return prefix(log, 'B') + std::string(bundle.view());
}
inline std::string cosigned(std::uint32_t log, std::uint64_t size) {
  return prefix(log, 'K') + big_endian(size);
}

// Family::state
inline std::string state(std::uint32_t log, std::string_view key) {
  return prefix(log, 'S') + std::string(key);
}

// Family::index
inline std::string by_id(std::uint32_t log, const Hash& id) {
  return prefix(log, 'i') + std::string(id.view());
}
inline std::string by_jti(std::uint32_t log, const Hash& scope) {
  return prefix(log, 'j') + std::string(scope.view());
}
inline std::string history(std::uint32_t log, std::string_view sub) {
  return prefix(log, 's') + std::string(sub) + '\0';
}
inline std::string consumers(std::uint32_t log, std::string_view sub) {
  return prefix(log, 'c') + std::string(sub) + '\0';
}
inline std::string subject_page(std::uint32_t log, std::string_view sub, std::uint64_t number) {
  return prefix(log, 'e') + std::string(sub) + '\0' + big_endian(number);
}
inline std::string flags(std::uint32_t log, std::uint64_t index) {
  return prefix(log, 'g') + big_endian(index);
}

// Family::private_values
inline std::string value(std::uint32_t log, const Hash& id, std::string_view pointer) {
  return prefix(log, 'v') + std::string(id.view()) + std::string(pointer);
}
inline std::string person(std::uint32_t log, std::string_view person) {
  return prefix(log, 'p') + std::string(person);
}
inline std::string owned(std::uint32_t log, std::string_view person) {
  return prefix(log, 'o') + std::string(person) + '\0';
}
inline std::string held(std::uint32_t log, const Hash& id) {
  return prefix(log, 'h') + std::string(id.view());
}
inline std::string rival(std::uint32_t log, const Hash& scope) {
  return prefix(log, 'q') + std::string(scope.view());
}
inline std::string purge_due(std::uint32_t log, std::string_view erase_id) {
  return prefix(log, 'x') + std::string(erase_id);
}

}  // namespace nguon::ledger::keys
