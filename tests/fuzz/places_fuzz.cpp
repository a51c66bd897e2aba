// Texts that people type into search fields.
#include "schemas/folding.hpp"
#include "schemas/place_search.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace nguon::schemas;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 200) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string folded = fold(text);
  if (fold(folded) != folded) std::abort();
  const auto found = search_places(text, 5);
  if (found.size() > 5 || (folded.empty() && !found.empty())) std::abort();
  // Folding is all that a search looks at, but for words of kinds, which have no marks to lose.
  if (search_places(folded, 5).size() != found.size()) std::abort();
  return 0;
}
