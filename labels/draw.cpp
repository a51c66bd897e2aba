#include "labels/draw.hpp"

#include "labels/number_run.hpp"

#include <cmath>

namespace nguon::labels {

void draw_outline(cairo_t* canvas, const Outline& outline, double x, double y, double em,
                  double squeeze) {
  const double down = em / 1000;
  const double across = down * squeeze;
  const auto px = [&](float at) { return x + static_cast<double>(at) * across; };
  const auto py = [&](float at) { return y - static_cast<double>(at) * down; };
  for (const auto& [kind, at] : outline.steps) {
    switch (kind) {
      case OutlineStep::Kind::move:
        cairo_move_to(canvas, px(at[0]), py(at[1]));
        break;
      case OutlineStep::Kind::line:
        cairo_line_to(canvas, px(at[0]), py(at[1]));
        break;
      case OutlineStep::Kind::cubic:
        cairo_curve_to(canvas, px(at[0]), py(at[1]), px(at[2]), py(at[3]), px(at[4]), py(at[5]));
        break;
      case OutlineStep::Kind::close:
        cairo_close_path(canvas);
        break;
    }
  }
}

namespace {

void draw_symbol(cairo_t* canvas, const PlacedCode& code, const QrModules& modules) {
  for (int y = 0; y < modules.size; ++y) {
    for (int x = 0; x < modules.size; ++x) {
      if (!modules.at(x, y)) continue;
      int end = x + 1;
      while (end < modules.size && modules.at(end, y)) ++end;
      cairo_rectangle(canvas, code.box.x + x * code.module, code.box.y + y * code.module,
                      (end - x) * code.module, code.module);
      x = end;
    }
  }
  cairo_fill(canvas);
}

}  // namespace

void draw_texts(cairo_t* canvas, const PlacedLabel& placed) {
  for (const auto& text : placed.texts) {
    for (const auto& glyph : text.glyphs) {
      draw_outline(canvas, placed.glyphs.outlines[glyph.glyph], glyph.x, glyph.y, text.em, 1);
    }
    cairo_fill(canvas);
  }
}

Result<void> draw_number(cairo_t* canvas, const PlacedLabel& placed, const PlacedNumber& number,
                         std::string_view text) {
  const auto run = run_of(placed, number, text);
  if (!run) return run.error();
  double x = run->x;
  for (const auto glyph : run->glyphs) {
    const Outline& outline = placed.glyphs.outlines[glyph];
    const bool condensed = run->squeeze < 1;
    draw_outline(canvas, outline, condensed ? x : std::round(x), number.baseline, number.em,
                 run->squeeze);
    // On a whole dot and filled by itself (cairo's edges differ by what else is in a row) a letter
    // is the same wherever it stands: labels/number_stamps.
    if (!condensed) cairo_fill(canvas);
    x += outline.advance / 1000 * number.em * run->squeeze;
  }
  cairo_fill(canvas);
  return {};
}

Result<void> draw_label(cairo_t* canvas, const PlacedLabel& placed, const LabelItem& item) {
  const auto modules = label_symbol(placed, item);
  if (!modules) return modules.error();
  draw_symbol(canvas, placed.code, *modules);
  const auto bars = label_bars(placed, item);
  if (!bars) return bars.error();
  for (const auto& bar : *bars) cairo_rectangle(canvas, bar.x, bar.y, bar.width, bar.height);
  cairo_fill(canvas);
  draw_texts(canvas, placed);
  for (std::size_t i = 0; i < placed.numbers.size(); ++i) {
    const auto drawn = draw_number(canvas, placed, placed.numbers[i], item.numbers[i]);
    if (!drawn) return drawn;
  }
  return {};
}

}  // namespace nguon::labels
