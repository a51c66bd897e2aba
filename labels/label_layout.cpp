#include "labels/label_layout.hpp"

#include "labels/cairo.hpp"
#include "labels/serial.hpp"
#include "labels/text_block.hpp"

#include <bit>
#include <cmath>
#include <vector>

namespace nguon::labels {
namespace {

// Millimetres. Cheap printers feed ±1 mm, so nothing but the quiet zone comes nearer to the edge.
constexpr double label_width = 50;
constexpr double label_height = 30;
constexpr double margin = 1.5;
constexpr double symbol_edge = 0.75;   ///< left of and above the quiet zone
constexpr double symbol_room = 26;     ///< side of the square the symbol may take
constexpr double footer_height = 3.6;  ///< serial and host
constexpr double column_gap = 0.4;
constexpr double millimetres_per_inch = 25.4;

/// Dots. PDF readers paint every dot an image touches (ISO 32000-1 §10.6.5), so coordinates rounded
/// in the file would otherwise add a row and stretch modules unevenly.
constexpr double inset = 0.02;
constexpr int smallest_module = 2;  ///< dots; below, thermal heads run modules together
constexpr double serial_points = 7.5;
constexpr double host_points[] = {6.5, 6, 5.5, 5};
/// The column is set at the first of these sizes at which no name must be cut.
constexpr double column_scales[] = {1, 0.9, 0.8, 0.72};

struct Line {
  std::string text;
  TextStyle style;
};

std::vector<Line> column_lines(const LabelText& text, double width, double scale) {
  std::vector<Line> lines;
  lines.push_back({text.product, {9 * scale, true, 3, width}});
  lines.push_back({text.coop, {7 * scale, false, 2, width}});
  lines.push_back({"Lô " + text.lot, {7 * scale, false, 1, width}});
  if (text.ocop) lines.push_back({*text.ocop, {7 * scale, true, 2, width}});
  if (text.demo) lines.push_back({"dữ liệu mẫu", {7 * scale, false, 1, width}});
  return lines;
}

/// One bit a module, set where it is dark.
Result<Surface> mask_of(const QrModules& modules) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A1, modules.size, modules.size));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return Fault::failed;
  cairo_surface_flush(surface.get());
  auto* row = cairo_image_surface_get_data(surface.get());
  for (int y = 0; y < modules.size; ++y, row += cairo_image_surface_get_stride(surface.get())) {
    for (int x = 0; x < modules.size; ++x) {
      // cairo packs 32 pixels into a native word, the leftmost in its first bit in memory order.
      const int bit = std::endian::native == std::endian::little ? x % 8 : 7 - x % 8;
      if (modules.at(x, y)) row[x / 8] = static_cast<unsigned char>(row[x / 8] | (1u << bit));
    }
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

}  // namespace

LabelLayout::LabelLayout(LabelText text, QrModules modules, int dpi)
    : text_(std::move(text)),
      modules_(std::move(modules)),
      dpi_(dpi),
      width_(static_cast<int>(std::lround(dots(label_width)))),
      height_(static_cast<int>(std::lround(dots(label_height)))) {
  const int side = modules_.size + 2 * quiet_zone;
  module_ = static_cast<int>(dots(symbol_room)) / side;
  symbol_ = module_ * side;
}

Result<LabelLayout> LabelLayout::make(LabelText text, QrModules modules, int dpi) {
  LabelLayout layout(std::move(text), std::move(modules), dpi);
  if (layout.module_ < smallest_module) return Fault::does_not_fit;
  return layout;
}

double LabelLayout::dots(double mm) const { return mm / millimetres_per_inch * dpi_; }

Result<void> LabelLayout::draw(cairo_t* canvas) const {
  cairo_set_source_rgb(canvas, 0, 0, 0);
  const auto symbol = draw_symbol(canvas);
  if (!symbol) return symbol;
  const auto column = draw_column(canvas);
  if (!column) return column;
  return draw_footer(canvas);
}

Result<void> LabelLayout::draw_symbol(cairo_t* canvas) const {
  const auto bits = mask_of(modules_);
  if (!bits) return bits.error();
  // One pixel a module, enlarged by the reader: FILTER_NEAREST keeps every module exactly whole,
  // and starting on a whole dot keeps it on the printer's grid.
  const Pattern mask(cairo_pattern_create_for_surface(bits->get()));
  cairo_pattern_set_filter(mask.get(), CAIRO_FILTER_NEAREST);
  const double start = std::floor(dots(symbol_edge)) + quiet_zone * module_;
  cairo_save(canvas);
  cairo_translate(canvas, start + inset, start + inset);
  const double scale = module_ - 2 * inset / modules_.size;
  cairo_scale(canvas, scale, scale);
  cairo_mask(canvas, mask.get());
  cairo_restore(canvas);
  return {};
}

Result<void> LabelLayout::draw_column(cairo_t* canvas) const {
  const double left = std::floor(dots(symbol_edge)) + symbol_;
  const double width = width_ - left - dots(margin);
  const double room = height_ - dots(margin + footer_height);
  std::vector<TextBlock> blocks;
  for (const double scale : column_scales) {
    blocks.clear();
    bool cut = false;
    double height = 0;
    for (const auto& line : column_lines(text_, width, scale)) {
      auto block = TextBlock::make(canvas, dpi_, line.text, line.style);
      if (!block) return block.error();
      cut = cut || block->cut();
      height += block->height() + dots(column_gap);
      blocks.push_back(*std::move(block));
    }
    if (!cut && height <= room) break;
  }
  double y = dots(margin);
  for (const auto& block : blocks) {
    block.draw(canvas, left, y);
    y += block.height() + dots(column_gap);
  }
  if (y > dots(margin) + room + dots(column_gap)) return Fault::does_not_fit;
  return {};
}

Result<void> LabelLayout::draw_footer(cairo_t* canvas) const {
  const auto serial =
      TextBlock::make(canvas, dpi_, serial_groups(text_.serial), {serial_points, true, 1, 0});
  if (!serial) return serial.error();
  const double bottom = height_ - dots(margin) / 2;
  const double left = dots(margin);
  serial->draw(canvas, left, bottom - serial->height());
  const double from = left + serial->width() + dots(1);
  const double room = width_ - dots(margin) - from;
  for (const double points : host_points) {
    const auto host = TextBlock::make(canvas, dpi_, text_.host, {points, false, 1, room});
    if (!host) return host.error();
    if (host->cut() && points != std::end(host_points)[-1]) continue;
    host->draw(canvas, width_ - dots(margin) - host->width(), bottom - host->height());
    break;
  }
  return {};
}

}  // namespace nguon::labels
