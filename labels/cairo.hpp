#pragma once

#include <cairo.h>

#include <memory>
#include <string>

namespace nguon::labels {

// Owners for cairo's objects. Private to the room's .cpp files.
struct CairoFree {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* canvas) const { cairo_destroy(canvas); }
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
using Surface = std::unique_ptr<cairo_surface_t, CairoFree>;
using Canvas = std::unique_ptr<cairo_t, CairoFree>;
using Pattern = std::unique_ptr<cairo_pattern_t, CairoFree>;

}  // namespace nguon::labels
