#include "labels/preview_picture.hpp"

#include "labels/cairo.hpp"
#include "labels/draw.hpp"
#include "labels/shape.hpp"

#include <cmath>
#include <cstddef>

namespace nguon::labels {
namespace {

constexpr double margin = 80;
constexpr double column = preview_width - 2 * margin;

struct Colour {
  double red, green, blue;
};
constexpr Colour leaf{0.04, 0.42, 0.24};
constexpr Colour ink{0.09, 0.13, 0.11};
constexpr Colour soft{0.29, 0.34, 0.31};

void use(cairo_t* canvas, const Colour& colour) {
  cairo_set_source_rgb(canvas, colour.red, colour.green, colour.blue);
}

/// Writes one text at `y` and says where the next may begin.
Result<double> write(cairo_t* canvas, Shaper& shaper, const std::string& text,
                     const TextStyle& style, const Colour& colour, double y) {
  if (text.empty()) return y;
  const auto shaped = shaper.shape(text, style);
  if (!shaped) return shaped.error();
  use(canvas, colour);
  double baseline = y + line_ascent * style.em;
  for (const ShapedLine& line : shaped->lines) {
    for (const PlacedGlyph& glyph : line.glyphs) {
      // Whole pixels: a letter has one picture, and so the file is a quarter smaller.
      draw_outline(canvas, shaper.book().outlines[glyph.glyph],
                   std::round(margin + glyph.x), std::round(baseline + glyph.y), style.em, 1);
    }
    baseline += line_pitch * style.em;
  }
  cairo_fill(canvas);
  return y + static_cast<double>(shaped->lines.size()) * line_pitch * style.em;
}

/// Sixteen shades a colour are enough for the edges of letters, and halve the file.
void round_shades(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  unsigned char* const octets = cairo_image_surface_get_data(surface);
  const auto size = static_cast<std::size_t>(cairo_image_surface_get_stride(surface)) *
                    static_cast<std::size_t>(cairo_image_surface_get_height(surface));
  for (std::size_t i = 0; i < size; ++i) {
    octets[i] = static_cast<unsigned char>((octets[i] >> 4U) * 17U);
  }
  cairo_surface_mark_dirty(surface);
}

cairo_status_t append(void* to, const unsigned char* octets, unsigned int count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(octets), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> preview_png(const PreviewText& text) {
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, preview_width, preview_height));
  const Canvas canvas(cairo_create(surface.get()));
  if (cairo_status(canvas.get()) != CAIRO_STATUS_SUCCESS) return Fault::failed;
  cairo_set_source_rgb(canvas.get(), 1, 1, 1);
  cairo_paint(canvas.get());
  use(canvas.get(), leaf);
  cairo_rectangle(canvas.get(), 0, 0, preview_width, 24);
  cairo_fill(canvas.get());

  Shaper shaper;
  auto y = write(canvas.get(), shaper, text.lead, {34, true, 1, column}, leaf, 76);
  if (y) y = write(canvas.get(), shaper, text.product, {76, true, 2, column}, ink, *y + 24);
  if (y) y = write(canvas.get(), shaper, text.maker, {42, false, 1, column}, ink, *y + 28);
  if (y) y = write(canvas.get(), shaper, text.place, {36, false, 1, column}, soft, *y + 8);
  if (!y) return y.error();
  const auto below = write(canvas.get(), shaper, text.note, {30, false, 1, column}, soft, 540);
  if (!below) return below.error();

  round_shades(surface.get());
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    return Fault::failed;
  }
  return png;
}

}  // namespace nguon::labels
