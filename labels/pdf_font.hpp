#pragma once

#include "labels/glyphs.hpp"
#include "labels/pdf_file.hpp"

#include <string>
#include <vector>

namespace nguon::labels {

/// A job's outlines as Type 3 fonts (ISO 32000-1 §9.6.5) of up to 255 glyphs, with the characters
/// they stand for. Outlines rather than a font file: whatever format the machine's font has, the
/// same shapes go to paper. Private to the room.
class PdfFonts {
 public:
  PdfFonts(const GlyphBook& book, PdfFile& file);

  /// `/F0 5 0 R/F1 9 0 R`, for a resource dictionary.
  std::string resources() const;
  std::size_t font_of(std::uint32_t glyph) const { return glyph / font_size; }
  /// The glyph's code as two hexadecimal digits.
  std::string code_of(std::uint32_t glyph) const;

 private:
  static constexpr std::uint32_t font_size = 255;
  std::vector<int> numbers_;
};

}  // namespace nguon::labels
