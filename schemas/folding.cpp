#include "schemas/folding.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace nguon::schemas {
namespace {

struct Free {
  void operator()(utf8proc_uint8_t* octets) const { std::free(octets); }
};

/// What stands for a code point that was folded already; 0: nothing at all.
utf8proc_int32_t folded(utf8proc_int32_t code_point) {
  switch (code_point) {
    case 0x111:  // đ has no decomposition.
      return 'd';
    case '\'':
    case 0x2019:  // ’
    case 0x2BC:   // ʼ
    case '`':
      return 0;
    default:
      break;
  }
  const auto category = utf8proc_category(code_point);
  const bool kept = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
                    category == UTF8PROC_CATEGORY_ND;
  return kept ? code_point : ' ';
}

}  // namespace

std::string fold(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
                                     UTF8PROC_COMPAT | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(mapped);
  std::string out;
  if (size < 0) return out;
  bool gap = false;
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t code_point = 0;
    at += utf8proc_iterate(mapped + at, size - at, &code_point);
    code_point = folded(code_point);
    if (code_point == 0) continue;
    if (code_point == ' ') {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    std::array<utf8proc_uint8_t, 4> octets{};
    const auto length = utf8proc_encode_char(code_point, octets.data());
    out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace nguon::schemas
