#include "labels/text_block.hpp"

namespace nguon::labels {
namespace {

// Noto Sans asks for 1.36 em a line; stacked Vietnamese marks (Ễ) need 1.2.
constexpr float line_spacing = 0.9f;

using Font = std::unique_ptr<PangoFontDescription, decltype([](PangoFontDescription* font) {
                               pango_font_description_free(font);
                             })>;

using FontOptions =
    std::unique_ptr<cairo_font_options_t, decltype([](cairo_font_options_t* options) {
                      cairo_font_options_destroy(options);
                    })>;

}  // namespace

Result<TextBlock> TextBlock::make(cairo_t* canvas, int dpi, const std::string& text,
                                  const TextStyle& style) {
  Layout layout(pango_cairo_create_layout(canvas));
  if (!layout) return Fault::failed;
  // Metrics rounded to whole dots would make one label break its lines differently per printer.
  const FontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  PangoContext* const context = pango_layout_get_context(layout.get());
  pango_cairo_context_set_font_options(context, options.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  // The canvas counts in dots, so points become dots here, whatever the surface is.
  pango_cairo_context_set_resolution(context, dpi);
  pango_layout_context_changed(layout.get());
  const Font font(pango_font_description_from_string("Noto Sans"));
  pango_font_description_set_size(font.get(), static_cast<int>(style.points * PANGO_SCALE));
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_line_spacing(layout.get(), line_spacing);
  if (style.width > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout.get(), -style.lines);
  }
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) return Fault::bad_text;
  return TextBlock(std::move(layout));
}

double TextBlock::width() const {
  int width = 0;
  pango_layout_get_size(layout_.get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

double TextBlock::height() const {
  int height = 0;
  pango_layout_get_size(layout_.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

bool TextBlock::cut() const { return pango_layout_is_ellipsized(layout_.get()) != 0; }

void TextBlock::draw(cairo_t* canvas, double x, double y) const {
  cairo_move_to(canvas, x, y);
  pango_cairo_show_layout(canvas, layout_.get());
}

}  // namespace nguon::labels
