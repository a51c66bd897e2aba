#include "labels/label.hpp"

#include "labels/cairo.hpp"
#include "labels/gtin.hpp"
#include "labels/label_layout.hpp"
#include "labels/png_writer.hpp"
#include "labels/qr.hpp"
#include "labels/serial.hpp"

#include <cairo-pdf.h>
#include <glib.h>

#include <new>
#include <string_view>

namespace nguon::labels {
namespace {

constexpr std::size_t longest_name = 200;
constexpr double points_per_inch = 72.0;

/// Printable text only. Formatting characters are refused too: a right-to-left override could make
/// a label say something else than the ledger does.
bool is_printable(std::string_view text) {
  if (text.empty() || text.size() > longest_name) return false;
  if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr)) return false;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    switch (g_unichar_type(g_utf8_get_char(at))) {
      case G_UNICODE_CONTROL:
      case G_UNICODE_FORMAT:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
      case G_UNICODE_PRIVATE_USE:
      case G_UNICODE_SURROGATE:
      case G_UNICODE_UNASSIGNED:
        return false;
      default:
        break;
    }
  }
  return true;
}

/// cairo's write callback into the std::string behind `closure`.
cairo_status_t append_octets(void* closure, const unsigned char* data, unsigned length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;  // an exception may not cross the C library
  }
  return CAIRO_STATUS_SUCCESS;
}

/// A surface of opaque coverage (black on nothing) as a picture on white.
GreyImage on_white(cairo_surface_t* coverage, int dpi) {
  cairo_surface_flush(coverage);
  GreyImage image;
  image.width = cairo_image_surface_get_width(coverage);
  image.height = cairo_image_surface_get_height(coverage);
  image.dpi = dpi;
  const unsigned char* row = cairo_image_surface_get_data(coverage);
  for (int y = 0; y < image.height; ++y, row += cairo_image_surface_get_stride(coverage)) {
    for (int x = 0; x < image.width; ++x) {
      image.pixels.push_back(static_cast<std::uint8_t>(255 - row[x]));
    }
  }
  return image;
}

/// Checked text and symbol, ready to draw at any place.
Result<LabelLayout> prepare(const LabelText& text, int dpi) {
  if (dpi < 100 || dpi > 1200) return Fault::out_of_range;
  for (const auto* name : {&text.product, &text.coop, &text.host}) {
    if (!is_printable(*name)) return Fault::bad_text;
  }
  if (text.ocop && !is_printable(*text.ocop)) return Fault::bad_text;
  const auto lot = read_lot(text.lot);
  if (!lot) return lot.error();
  const auto serial = read_serial(text.serial);
  if (!serial) return serial.error();
  auto modules = encode_qr(text.url);
  if (!modules) return modules.error();
  LabelText checked = text;
  checked.lot = *lot;
  checked.serial = *serial;
  return LabelLayout::make(std::move(checked), *std::move(modules), dpi);
}

}  // namespace

Result<std::string> label_pdf(const LabelText& text, int dpi) {
  const auto layout = prepare(text, dpi);
  if (!layout) return layout.error();
  const double point = points_per_inch / dpi;  // points a dot
  std::string octets;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append_octets, &octets, layout->width() * point, layout->height() * point));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, text.product.c_str());
  const Canvas canvas(cairo_create(surface.get()));
  cairo_scale(canvas.get(), point, point);
  const auto drawn = layout->draw(canvas.get());
  if (!drawn) return drawn.error();
  cairo_show_page(canvas.get());
  cairo_surface_finish(surface.get());
  if (cairo_status(canvas.get()) != CAIRO_STATUS_SUCCESS ||
      cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return Fault::failed;
  }
  return octets;
}

Result<std::string> label_png(const LabelText& text, int dpi) {
  const auto layout = prepare(text, dpi);
  if (!layout) return layout.error();
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, layout->width(), layout->height()));
  const Canvas canvas(cairo_create(surface.get()));
  const auto drawn = layout->draw(canvas.get());
  if (!drawn) return drawn.error();
  if (cairo_status(canvas.get()) != CAIRO_STATUS_SUCCESS) return Fault::failed;
  return write_png(on_white(surface.get(), dpi));
}

}  // namespace nguon::labels
