// Map files: whatever they hold, what comes out is an outline or says why it is none.
#include "server/geo/map_file.hpp"

#include <algorithm>
#include <cstdlib>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8192) return 0;
  const auto read = read_map({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  if (read->empty()) std::abort();
  for (const Outline& outline : *read) {
    const bool unusable = std::ranges::any_of(outline.doubts, [](OutlineDoubt doubt) {
      return doubt == OutlineDoubt::crosses || doubt == OutlineDoubt::too_many;
    });
    if (unusable == bool(check_ring(outline.ring))) std::abort();
    if (unusable) continue;
    if (!(area_m2(outline.ring) >= 0) || !overlap(outline.ring, outline.ring)) std::abort();
    if (right_handed(outline.ring) != outline.ring) std::abort();
    if (side_of(outline.ring, outline.ring[0]) != Side::border) std::abort();
  }
  return 0;
}
