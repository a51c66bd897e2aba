#pragma once

#include "labels/placed.hpp"

#include <string_view>
#include <vector>

namespace nguon::labels {

/// A number set on its line. Private to the room.
struct NumberRun {
  std::vector<std::uint32_t> glyphs;
  double x = 0;        ///< dots from the label's left, of the first glyph's origin
  double squeeze = 1;  ///< across; under 1 where wide letters would run out of the box
};

/// bad_symbol on a character that numbers do not have.
Result<NumberRun> run_of(const PlacedLabel& placed, const PlacedNumber& number,
                         std::string_view text);

}  // namespace nguon::labels
