#include "labels/pdf_content.hpp"

#include <cmath>
#include <cstdlib>

namespace nguon::labels {
namespace {

constexpr double points_per_inch = 72;

/// A hair less: with a hair more, a reader would round the page up to one more dot.
double points(int dots, int dpi) {
  return std::floor(dots * points_per_inch / dpi * 1e4 - 1) / 1e4;
}

}  // namespace

std::string pdf_dots_down(int height, int dpi) {
  const double point = points_per_inch / dpi;
  return pdf_number(point, 9) + " 0 0 " + pdf_number(-point, 9) + " 0 " +
         pdf_number(points(height, dpi)) + " cm\n";
}

std::string pdf_media_box(int width, int height, int dpi) {
  return "/MediaBox[0 0 " + pdf_number(points(width, dpi)) + " " + pdf_number(points(height, dpi)) +
         "]";
}

std::string pdf_catalog(int pages) {
  return "<</Type/Catalog/Pages " + std::to_string(pages) +
         " 0 R/Lang(vi-VN)/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>>>";
}

void pdf_append(std::string& out, int value) {
  if (value < 0) {
    out += '-';
    value = -value;
  }
  if (value >= 10) pdf_append(out, value / 10);
  out += static_cast<char>('0' + value % 10);
}

void pdf_append_box(std::string& out, int x, int y, int width, int height) {
  pdf_append(out, x);
  out += ' ';
  pdf_append(out, y);
  out += ' ';
  pdf_append(out, width);
  out += ' ';
  pdf_append(out, height);
  out += " re\n";
}

std::string pdf_line(const PlacedText& text, const GlyphBook& book, const PdfFonts& fonts) {
  std::string out;
  std::size_t font = 0;
  double pen = 0;
  bool open = false;
  for (const auto& glyph : text.glyphs) {
    if (!open || fonts.font_of(glyph.glyph) != font) {
      if (open) out += "]TJ ET\n";
      font = fonts.font_of(glyph.glyph);
      out += "BT/F" + std::to_string(font) + " " + pdf_number(text.em) + " Tf 1 0 0 -1 " +
             pdf_number(glyph.x) + " " + pdf_number(glyph.y) + " Tm[";
      pen = glyph.x;
      open = true;
    }
    const double back = (pen - glyph.x) * 1000 / text.em;
    if (std::abs(back) > 0.5) {
      out += pdf_number(back, 1);
      pen = glyph.x;
    }
    out += "<" + fonts.code_of(glyph.glyph) + ">";
    pen += book.outlines[glyph.glyph].advance * text.em / 1000;
  }
  if (open) out += "]TJ ET\n";
  return out;
}

}  // namespace nguon::labels
