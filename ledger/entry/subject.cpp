#include "ledger/entry/subject.hpp"

#include "ledger/base/ascii.hpp"
#include "ledger/keys/sha256.hpp"

#include <algorithm>
#include <cstdint>

namespace nguon::ledger {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t symbol_count = 26;

bool is_kind(std::string_view kind) {
  return !kind.empty() && kind.size() <= 32 && is_lower(kind.front()) && kind.back() != '-' &&
         std::all_of(kind.begin(), kind.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

}  // namespace

std::string subject_id(std::string_view kind, std::string_view aud, std::string_view kid,
                       std::string_view jti) {
  std::string named(aud);
  named += '.';
  named += kid;
  named += '.';
  named += jti;
  const Hash hash = sha256(named);
  std::string id(kind);
  id += ':';
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t octet = 0;
  for (std::size_t i = 0; i < symbol_count; ++i) {
    if (held < 5) {
      bits = (bits << 8) | hash.bytes[octet++];
      held += 8;
    }
    held -= 5;
    id += crockford[(bits >> held) & 31];
  }
  return id;
}

bool is_subject(std::string_view text) {
  const auto kind = subject_kind(text);
  return is_kind(kind) && text.size() == kind.size() + 1 + symbol_count &&
         text.find_first_not_of(crockford, kind.size() + 1) == std::string_view::npos;
}

std::string_view subject_kind(std::string_view subject) {
  const auto colon = subject.find(':');
  return colon == std::string_view::npos ? std::string_view() : subject.substr(0, colon);
}

}  // namespace nguon::ledger
