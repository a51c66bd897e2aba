#pragma once

#include "schemas/places.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace nguon::schemas {

/// A place of today, and the former one by whose name it was found.
struct PlaceMatch {
  Place place;
  std::optional<FormerPlace> former;
};

/// Communes whose name, with their former district's and their province's, begin the words of
/// `text` in any order: "chieng ban mai son" finds the commune in which Xã Chiềng Ban, Huyện Mai
/// Sơn lies now. Blind to case, marks and words such as "xã" or "tp". Best first: by its whole
/// name, by the beginning of its name, by words in its name, by its district or province alone;
/// places of today before former ones. At most `limit`. A former place that was split gives each
/// part, for a person to choose. Empty where `text` has no word. Thread-safe; a few milliseconds at
/// most, microseconds where a word is rare.
std::vector<PlaceMatch> search_places(std::string_view text, std::size_t limit);

}  // namespace nguon::schemas
