// A label layout from anywhere: read or refused with a line, and what is read has sound numbers.
#include "labels/template.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using namespace nguon::labels;
  const auto layout = read_template({reinterpret_cast<const char*>(octets), size});
  if (!layout) {
    if (layout.error().line < 0 || layout.error().reason.empty()) std::abort();
    return 0;
  }
  const Room& room = layout->code.room;
  if (room.x < layout->safe || room.x + room.width > layout->width - layout->safe ||
      room.y < layout->safe || room.y + room.height > layout->height - layout->safe ||
      layout->numbers.empty() || layout->code.levels.empty()) {
    std::abort();
  }
  return 0;
}
