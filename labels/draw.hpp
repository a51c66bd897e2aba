#pragma once

#include "labels/placed.hpp"

#include <cairo.h>

namespace nguon::labels {

// A placed label drawn with cairo, one unit a dot, origin at the label's corner, in the canvas's
// source. Private to the room; the caller checks the canvas's status.

/// Adds one glyph to the path, its origin at (x, y), `squeeze` times as wide as it is.
void draw_outline(cairo_t* canvas, const Outline& outline, double x, double y, double em,
                  double squeeze);
void draw_texts(cairo_t* canvas, const PlacedLabel& placed);
Result<void> draw_number(cairo_t* canvas, const PlacedLabel& placed, const PlacedNumber& number,
                         std::string_view text);
/// Texts, numbers, QR and bars of one label.
Result<void> draw_label(cairo_t* canvas, const PlacedLabel& placed, const LabelItem& item);

}  // namespace nguon::labels
