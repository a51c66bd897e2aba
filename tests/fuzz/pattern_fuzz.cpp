// A pattern, a NUL, a text: compiling and matching must end, and need no stack.
#include "schemas/pattern.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(octets), size);
  const std::size_t split = input.find('\0');
  if (split == std::string_view::npos) return 0;
  const auto pattern = nguon::schemas::Pattern::compile(input.substr(0, split));
  if (pattern) (void)pattern->matches(input.substr(split + 1));
  return 0;
}
