#pragma once

#include "labels/pdf_font.hpp"
#include "labels/placed.hpp"

#include <string>

namespace nguon::labels {

// What pages are made of. Private to the room.

/// First operator of a page: from points up to dots down.
std::string pdf_dots_down(int height, int dpi);
/// `/MediaBox[…]` of a page in dots.
std::string pdf_media_box(int width, int height, int dpi);
/// The catalogue; viewers are told to print at 100 %: scaled, modules would not be whole dots.
std::string pdf_catalog(int pages);

void pdf_append(std::string& out, int value);
/// A rectangle of the path that the next `f` fills.
void pdf_append_box(std::string& out, int x, int y, int width, int height);
/// A line of type.
std::string pdf_line(const PlacedText& text, const GlyphBook& book, const PdfFonts& fonts);

}  // namespace nguon::labels
