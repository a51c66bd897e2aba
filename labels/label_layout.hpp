#pragma once

#include "labels/label.hpp"
#include "labels/qr.hpp"

#include <cairo.h>

namespace nguon::labels {

/// Where everything of one 50 × 30 mm label stands, in dots of the printer. Private to the room.
class LabelLayout {
 public:
  /// does_not_fit when the symbol's modules would be under two dots.
  static Result<LabelLayout> make(LabelText text, QrModules modules, int dpi);

  int width() const { return width_; }
  int height() const { return height_; }

  /// Draws black on whatever is there; one unit of `canvas` is a dot. The caller checks its status.
  Result<void> draw(cairo_t* canvas) const;

 private:
  LabelLayout(LabelText text, QrModules modules, int dpi);
  double dots(double mm) const;
  Result<void> draw_symbol(cairo_t* canvas) const;
  Result<void> draw_column(cairo_t* canvas) const;
  Result<void> draw_footer(cairo_t* canvas) const;

  LabelText text_;
  QrModules modules_;
  int dpi_;
  int width_;
  int height_;
  int module_ = 0;  ///< dots a module
  int symbol_ = 0;  ///< dots of the symbol with its quiet zone
};

}  // namespace nguon::labels
