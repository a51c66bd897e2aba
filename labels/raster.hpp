#pragma once

#include "labels/placed.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// One bit a dot, rows of whole octets, leftmost dot in the top bit, 1 = black.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rows;
  int stride() const { return (width + 7) / 8; }
  bool black(int x, int y) const {
    return (rows[static_cast<std::size_t>(y * stride() + x / 8)] >> (7 - x % 8) & 1) != 0;
  }
  bool operator==(const Bitmap&) const = default;
};

/// All white.
Bitmap white_bitmap(int width, int height);

/// A letter, and where its top left dot stands from its origin.
struct GlyphPicture {
  DotPoint at;
  Bitmap bits;
};

/// Its origin on a corner of the grid of dots.
Result<GlyphPicture> glyph_picture(const Outline& outline, double em);

/// What is the same on every label: its texts. As large as the label, the printer's offset not in
/// it.
Result<Bitmap> static_picture(const PlacedLabel& placed);

/// A number of a label, as large as its box.
Result<Bitmap> number_picture(const PlacedLabel& placed, const PlacedNumber& number,
                              std::string_view text);

/// A page of labels as PNG, one pixel a dot, grey edges of type; at most `placed.cells` items.
Result<std::string> page_png(const PlacedLabel& placed, const std::vector<LabelItem>& items);

}  // namespace nguon::labels
