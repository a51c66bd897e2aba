#pragma once

#include "labels/placed.hpp"
#include "labels/raster.hpp"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::labels {

/// Numbers as dots for ten thousand labels: a letter is drawn once for the job and stamped where it
/// is needed, which takes a tenth of drawing it again. A condensed line is drawn whole, for there no
/// letter is as wide as on the next label, and so is one whose letters share dots. A plain value:
/// any thread may read it. Private to the room.
class NumberStamps {
 public:
  /// failed.
  static Result<NumberStamps> make(const PlacedLabel& placed);

  /// The dots of number_picture. `number`: which of `placed.numbers`, the label of make().
  Result<Bitmap> picture(const PlacedLabel& placed, std::size_t number,
                         std::string_view text) const;

 private:
  /// Size and weight, which numbers of one label may share; the letter.
  using Key = std::pair<std::pair<double, bool>, std::uint32_t>;
  std::map<Key, GlyphPicture> stamps_;
};

}  // namespace nguon::labels
