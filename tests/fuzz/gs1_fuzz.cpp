#include "labels/gs1_128.hpp"
#include "labels/sscc.hpp"

#include <cstdlib>
#include <string_view>

/// Any octets: refused, or elements that are read again as they are shown, and have a symbol if
/// there is room.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nguon::labels;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  if (const auto sscc = read_sscc(typed); sscc && sscc->size() != 18) std::abort();
  const auto elements = read_element_string(typed);
  if (!elements) return 0;
  if (read_element_string(bracketed(*elements)).value() != *elements) std::abort();
  const auto symbol = encode_gs1_128(*elements);
  if (!symbol && symbol.error().rule != Gs1Rule::length) std::abort();
  if (symbol && (symbol->widths.size() % 2 == 0 || (symbol->modules - 13) % 11 != 0)) std::abort();
  return 0;
}
