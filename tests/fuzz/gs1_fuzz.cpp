#include "labels/gs1_128.hpp"
#include "labels/sscc.hpp"

#include <cstdlib>
#include <string_view>

/// Any octets: refused, or elements that show as they were typed and have a symbol.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nguon::labels;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  if (const auto sscc = read_sscc(typed); sscc && sscc->size() != 18) std::abort();
  const auto elements = read_gs1_elements(typed);
  if (!elements) return 0;
  if (gs1_shown(*elements) != typed) std::abort();
  const auto symbol = encode_gs1_128(*elements).value();
  if (symbol.widths.size() % 2 == 0 || (symbol.modules - 13) % 11 != 0) std::abort();
  return 0;
}
