#include "server/sheets/cell_text.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace nguon::server {
namespace {

struct FreeMapped {
  void operator()(utf8proc_uint8_t* octets) const { std::free(octets); }
};

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200A);
}

bool is_line_end(char32_t c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028; }

bool is_nothing(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

std::u32string composed(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  const std::unique_ptr<utf8proc_uint8_t, FreeMapped> owner(mapped);
  if (size < 0) return {};
  return code_points({reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)});
}

std::string clean_text(std::string_view text, std::size_t limit, bool keep_lines) {
  std::u32string kept;
  char32_t gap = 0;
  for (const char32_t c : composed(text)) {
    if (is_line_end(c)) {
      gap = keep_lines ? U'\n' : U' ';
    } else if (is_blank(c)) {
      if (gap == 0) gap = U' ';
    } else if (!is_nothing(c)) {
      if (gap != 0 && !kept.empty()) kept += gap;
      gap = 0;
      kept += c;
    }
  }
  if (kept.size() > limit) kept.resize(limit);
  while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\n')) kept.pop_back();
  std::string out;
  for (const char32_t c : kept) out += utf8_of(c);
  return out;
}

}  // namespace

std::string clean_cell(std::string_view text, std::size_t limit) {
  // Dropping an invisible character may bring together what composes.
  return clean_text(clean_text(text, limit, false), limit, false);
}

std::string clean_lines(std::string_view text, std::size_t limit) {
  return clean_text(clean_text(text, limit, true), limit, true);
}

bool is_utf8(std::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const auto taken = utf8proc_iterate(at, left, &code_point);
    if (taken <= 0) return false;
    at += taken;
    left -= taken;
  }
  return true;
}

std::string utf8_of(std::uint32_t code_point) {
  auto wanted = static_cast<utf8proc_int32_t>(code_point);
  if (code_point > 0x10FFFF || !utf8proc_codepoint_valid(wanted)) wanted = 0xFFFD;
  std::array<utf8proc_uint8_t, 4> octets{};
  const auto size = utf8proc_encode_char(wanted, octets.data());
  return {reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(size)};
}

std::u32string code_points(std::string_view text) {
  std::u32string found;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const auto taken = utf8proc_iterate(at, left, &code_point);
    if (taken <= 0) break;
    found += static_cast<char32_t>(code_point);
    at += taken;
    left -= taken;
  }
  return found;
}

}  // namespace nguon::server
