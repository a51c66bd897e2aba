#include "labels/raster.hpp"

#include "labels/cairo.hpp"
#include "labels/draw.hpp"
#include "labels/png_writer.hpp"

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
  Bitmap out;
  out.width = width;
  out.height = height;
  out.rows.assign(static_cast<std::size_t>(out.stride()) * static_cast<std::size_t>(height), 0);
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
