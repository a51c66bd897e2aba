#include "labels/number_stamps.hpp"

#include "labels/number_run.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>

namespace nguon::labels {
namespace {

/// Adds the stamp's ink, as far as it lies on the picture, an octet at a time.
void press(const GlyphPicture& stamp, DotPoint origin, Bitmap& onto) {
  const int left = origin.x + stamp.at.x;
  const int top = origin.y + stamp.at.y;
  // Rounded down, so that what begins left of the picture keeps its place in the octet.
  const int first = left >= 0 ? left / 8 : -((7 - left) / 8);
  const int shift = left - first * 8;
  const int stride = stamp.bits.stride();
  for (int y = std::max(0, -top); y < stamp.bits.height && top + y < onto.height; ++y) {
    const std::uint8_t* const from = stamp.bits.rows.data() + std::ptrdiff_t{y} * stride;
    std::uint8_t* const to = onto.rows.data() + std::ptrdiff_t{top + y} * onto.stride();
    unsigned carried = 0;
    for (int i = 0; i <= stride; ++i) {
      const unsigned here = i < stride ? from[i] : 0u;
      const int at = first + i;
      if (at >= 0 && at < onto.stride()) {
        to[at] = static_cast<std::uint8_t>(to[at] | carried | here >> shift);
      }
      carried = here << (8 - shift) & 0xffu;
    }
  }
}

/// Dots that only fill a row's last octet are white.
void clear_fill(Bitmap& bits) {
  if (bits.width % 8 == 0) return;
  const auto kept = static_cast<std::uint8_t>(0xff00u >> (bits.width % 8));
  for (int y = 0; y < bits.height; ++y) {
    auto& last = bits.rows[static_cast<std::size_t>((y + 1) * bits.stride() - 1)];
    last = static_cast<std::uint8_t>(last & kept);
  }
}

}  // namespace

Result<NumberStamps> NumberStamps::make(const PlacedLabel& placed) {
  NumberStamps out;
  for (const PlacedNumber& number : placed.numbers) {
    for (const auto& glyph : placed.glyphs.numerals[number.bold ? 1 : 0]) {
      if (!glyph) continue;
      const Key key{{number.em, number.bold}, *glyph};
      if (out.stamps_.contains(key)) continue;
      auto drawn = glyph_picture(placed.glyphs.outlines[*glyph], number.em);
      if (!drawn) return drawn.error();
      out.stamps_.emplace(key, *std::move(drawn));
    }
  }
  return out;
}

Result<Bitmap> NumberStamps::picture(const PlacedLabel& placed, std::size_t number,
                                     std::string_view text) const {
  const PlacedNumber& line = placed.numbers[number];
  const auto run = run_of(placed, line, text);
  if (!run) return run.error();
  if (run->squeeze < 1) return number_picture(placed, line, text);
  Bitmap bits = white_bitmap(line.box.width, line.box.height);
  double x = run->x;
  int taken = INT_MIN;
  for (const auto glyph : run->glyphs) {
    const GlyphPicture& stamp = stamps_.at({{line.em, line.bold}, glyph});
    const DotPoint origin{static_cast<int>(std::lround(x)) - line.box.x,
                          line.baseline - line.box.y};
    // In a dot that two letters touch their pale edges add up.
    if (origin.x + stamp.at.x < taken) return number_picture(placed, line, text);
    press(stamp, origin, bits);
    taken = std::max(taken, origin.x + stamp.at.x + stamp.bits.width);
    x += placed.glyphs.outlines[glyph].advance / 1000 * line.em;
  }
  clear_fill(bits);
  return bits;
}

}  // namespace nguon::labels
