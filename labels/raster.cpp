#include "labels/raster.hpp"

#include "labels/cairo.hpp"
#include "labels/draw.hpp"
#include "labels/png_writer.hpp"
#include "labels/shape.hpp"

#include <cmath>
#include <utility>

namespace nguon::labels {
namespace {

/// Ink as coverage, one octet a dot.
struct Coverage {
  Surface surface;
  Canvas canvas;

  Coverage(int width, int height)
      : surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)),
        canvas(cairo_create(surface.get())) {
    cairo_set_source_rgba(canvas.get(), 0, 0, 0, 1);
  }
  bool good() const {
    cairo_surface_flush(surface.get());
    return cairo_status(canvas.get()) == CAIRO_STATUS_SUCCESS;
  }
  const unsigned char* row(int y) const {
    return cairo_image_surface_get_data(surface.get()) +
           std::ptrdiff_t{y} * cairo_image_surface_get_stride(surface.get());
  }
};

/// Black where at least half a dot is ink.
Result<Bitmap> bitmap_of(const Coverage& coverage, int width, int height) {
  if (!coverage.good()) return Fault::failed;
  Bitmap out = white_bitmap(width, height);
  for (int y = 0; y < height; ++y) {
    const unsigned char* const row = coverage.row(y);
    std::uint8_t* const packed = out.rows.data() + std::ptrdiff_t{y} * out.stride();
    // Half a dot of ink is the top bit.
    int x = 0;
    for (; x + 8 <= width; x += 8) {
      unsigned octet = 0;
      for (int bit = 0; bit < 8; ++bit) octet = octet << 1 | row[x + bit] >> 7;
      packed[x / 8] = static_cast<std::uint8_t>(octet);
    }
    for (; x < width; ++x) {
      packed[x / 8] = static_cast<std::uint8_t>(packed[x / 8] | (row[x] & 0x80u) >> x % 8);
    }
  }
  return out;
}

}  // namespace

Bitmap white_bitmap(int width, int height) {
  Bitmap bits{width, height, {}};
  bits.rows.resize(static_cast<std::size_t>(bits.stride()) * static_cast<std::size_t>(height));
  return bits;
}

Result<GlyphPicture> glyph_picture(const Outline& outline, double em) {
  const InkBox ink = ink_of(outline, em);
  const DotPoint at{static_cast<int>(std::floor(ink.left)), static_cast<int>(std::floor(ink.top))};
  const int width = static_cast<int>(std::ceil(ink.right)) - at.x;
  const int height = static_cast<int>(std::ceil(ink.bottom)) - at.y;
  if (width <= 0 || height <= 0) return GlyphPicture{};
  const Coverage coverage(width, height);
  draw_outline(coverage.canvas.get(), outline, -at.x, -at.y, em, 1);
  cairo_fill(coverage.canvas.get());
  auto bits = bitmap_of(coverage, width, height);
  if (!bits) return bits.error();
  return GlyphPicture{at, *std::move(bits)};
}

Result<Bitmap> static_picture(const PlacedLabel& placed) {
  const Coverage coverage(placed.width, placed.height);
  draw_texts(coverage.canvas.get(), placed);
  return bitmap_of(coverage, placed.width, placed.height);
}

Result<Bitmap> number_picture(const PlacedLabel& placed, const PlacedNumber& number,
                              std::string_view text) {
  const Coverage coverage(number.box.width, number.box.height);
  cairo_translate(coverage.canvas.get(), -number.box.x, -number.box.y);
  const auto drawn = draw_number(coverage.canvas.get(), placed, number, text);
  if (!drawn) return drawn.error();
  return bitmap_of(coverage, number.box.width, number.box.height);
}

Result<std::string> page_png(const PlacedLabel& placed, const std::vector<LabelItem>& items) {
  if (items.size() > placed.cells.size()) return Fault::out_of_range;
  const Coverage coverage(placed.page_width, placed.page_height);
  for (std::size_t i = 0; i < items.size(); ++i) {
    cairo_save(coverage.canvas.get());
    cairo_translate(coverage.canvas.get(), placed.cells[i].x, placed.cells[i].y);
    const auto drawn = draw_label(coverage.canvas.get(), placed, items[i]);
    cairo_restore(coverage.canvas.get());
    if (!drawn) return drawn.error();
  }
  if (!coverage.good()) return Fault::failed;
  GreyImage image;
  image.width = placed.page_width;
  image.height = placed.page_height;
  image.dpi = placed.dpi;
  image.pixels.reserve(image.stride() * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    const unsigned char* const row = coverage.row(y);
    for (int x = 0; x < image.width; ++x) {
      image.pixels.push_back(static_cast<std::uint8_t>(255 - row[x]));
    }
  }
  return write_png(image);
}

}  // namespace nguon::labels
