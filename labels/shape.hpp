#pragma once

#include "labels/glyphs.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// How a piece of text is set.
struct TextStyle {
  double em = 0;  ///< dots
  bool bold = false;
  int lines = 1;     ///< more are cut with an ellipsis
  double width = 0;  ///< of the column, dots; 0: as wide as it is
};

struct ShapedLine {
  std::string text;
  double width = 0;                 ///< dots
  std::vector<PlacedGlyph> glyphs;  ///< from the left end of the baseline
};

struct ShapedText {
  std::vector<ShapedLine> lines;
  bool cut = false;  ///< an ellipsis stands for part of the text
};

/// From one baseline to the next, and from the top of a line to its baseline, in ems: the tallest
/// Vietnamese letters (Ễ, Ợ) of neighbouring lines do not touch.
inline constexpr double line_pitch = 1.3;
inline constexpr double line_ascent = 1.06;

/// Steer how lines break: set, but no part of what ShapedLine and Outline say.
inline constexpr std::string_view no_break_space = "\u00a0";
inline constexpr std::string_view break_here = "\u200b";

/// Ink of a glyph, from its origin in dots at this size; y down. Of a space: all zero.
struct InkBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};
InkBox ink_of(const Outline& outline, double em);

/// Sets Noto Sans with Pango and gathers the outlines of what it set. Private to the room; one
/// thread.
class Shaper {
 public:
  Shaper();
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;

  /// bad_text when Noto Sans lacks a character. `text` is UTF-8.
  Result<ShapedText> shape(std::string_view text, const TextStyle& style);

  /// Fills GlyphBook::numerals for the characters of all numbers.
  Result<void> add_numerals(bool bold);

  const GlyphBook& book() const;
  GlyphBook take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nguon::labels
