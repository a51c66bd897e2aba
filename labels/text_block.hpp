#pragma once

#include "labels/fault.hpp"

#include <pango/pangocairo.h>

#include <memory>
#include <string>

namespace nguon::labels {

/// How a piece of text is set, lengths in dots.
struct TextStyle {
  double points = 7;
  bool bold = false;
  int lines = 1;     ///< more are cut with an ellipsis
  double width = 0;  ///< of the column; 0: as wide as it is
};

/// A laid-out piece of Noto Sans text. Private to the room.
class TextBlock {
 public:
  /// bad_text when the fonts of this machine have no glyph for some character.
  static Result<TextBlock> make(cairo_t* canvas, int dpi, const std::string& text,
                                const TextStyle& style);

  double width() const;
  double height() const;
  bool cut() const;  ///< an ellipsis stands for part of the text
  void draw(cairo_t* canvas, double x, double y) const;

 private:
  struct Free {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  using Layout = std::unique_ptr<PangoLayout, Free>;
  explicit TextBlock(Layout layout) : layout_(std::move(layout)) {}
  Layout layout_;
};

}  // namespace nguon::labels
