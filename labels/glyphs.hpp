#pragma once

#include "labels/fault.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nguon::labels {

/// One stroke of an outline, in thousandths of an em, y up.
struct OutlineStep {
  enum class Kind : std::uint8_t { move, line, cubic, close };
  Kind kind = Kind::move;
  std::array<float, 6> at{};  ///< move, line: x y; cubic: two control points and the end
};

struct Outline {
  std::vector<OutlineStep> steps;
  double advance = 0;  ///< thousandths of an em
  std::string text;    ///< the characters it stands for, for whoever copies or reads aloud
};

/// A glyph of a GlyphBook and where its origin stands, dots.
struct PlacedGlyph {
  std::uint32_t glyph = 0;
  double x = 0;
  double y = 0;
};

/// The outlines a job needs: plain values, so that writers need no font and no Pango.
struct GlyphBook {
  std::vector<Outline> outlines;
  /// Glyphs of the ASCII characters numbers are made of, [bold][character].
  std::array<std::array<std::optional<std::uint32_t>, 128>, 2> numerals;
};

}  // namespace nguon::labels
