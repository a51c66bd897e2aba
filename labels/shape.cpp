#include "labels/shape.hpp"

#include <hb.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <map>
#include <utility>

namespace nguon::labels {
namespace {

constexpr double units_of_em = 1000;

template <auto release>
using Owner = decltype([](auto* object) { release(object); });

using Text = std::unique_ptr<char, Owner<g_free>>;
using TextContext = std::unique_ptr<PangoContext, Owner<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Owner<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Owner<pango_font_description_free>>;
using Attributes = std::unique_ptr<PangoAttrList, Owner<pango_attr_list_unref>>;
using Lines = std::unique_ptr<PangoLayoutIter, Owner<pango_layout_iter_free>>;
using HbFont = std::unique_ptr<hb_font_t, Owner<hb_font_destroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Owner<cairo_font_options_destroy>>;

/// HarfBuzz's callbacks into an Outline.
class Pen {
 public:
  static hb_draw_funcs_t* functions() {
    static hb_draw_funcs_t* const made = [] {
      hb_draw_funcs_t* const out = hb_draw_funcs_create();
      hb_draw_funcs_set_move_to_func(out, move, nullptr, nullptr);
      hb_draw_funcs_set_line_to_func(out, line, nullptr, nullptr);
      hb_draw_funcs_set_cubic_to_func(out, cubic, nullptr, nullptr);
      hb_draw_funcs_set_close_path_func(out, close, nullptr, nullptr);
      hb_draw_funcs_make_immutable(out);
      return out;  // lives as long as the program; quadratic curves come as cubic ones
    }();
    return made;
  }

 private:
  using Kind = OutlineStep::Kind;
  static void add(void* outline, OutlineStep step) {
    static_cast<Outline*>(outline)->steps.push_back(step);
  }
  static void move(hb_draw_funcs_t*, void* out, hb_draw_state_t*, float x, float y, void*) {
    add(out, {Kind::move, {x, y}});
  }
  static void line(hb_draw_funcs_t*, void* out, hb_draw_state_t*, float x, float y, void*) {
    add(out, {Kind::line, {x, y}});
  }
  static void cubic(hb_draw_funcs_t*, void* out, hb_draw_state_t*, float x1, float y1, float x2,
                    float y2, float x, float y, void*) {
    add(out, {Kind::cubic, {x1, y1, x2, y2, x, y}});
  }
  static void close(hb_draw_funcs_t*, void* out, hb_draw_state_t*, void*) {
    add(out, {Kind::close, {}});
  }
};

/// At thousandths of an em whatever size Pango asked for.
HbFont unscaled(PangoFont* font) {
  HbFont out(hb_font_create_sub_font(pango_font_get_hb_font(font)));
  hb_font_set_scale(out.get(), static_cast<int>(units_of_em), static_cast<int>(units_of_em));
  return out;
}

/// A text without what only steered its lines.
std::string as_said(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.starts_with(break_here)) {
      text.remove_prefix(break_here.size());
    } else if (text.starts_with(no_break_space)) {
      out += ' ';
      text.remove_prefix(no_break_space.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

double from_pango(int units) { return static_cast<double>(units) / PANGO_SCALE; }

}  // namespace

InkBox ink_of(const Outline& outline, double em) {
  InkBox ink;
  bool any = false;
  for (const auto& step : outline.steps) {
    const std::size_t numbers = step.kind == OutlineStep::Kind::cubic   ? 6
                                : step.kind == OutlineStep::Kind::close ? 0
                                                                        : 2;
    for (std::size_t i = 0; i < numbers; i += 2) {
      const double x = static_cast<double>(step.at[i]) / units_of_em * em;
      const double y = -static_cast<double>(step.at[i + 1]) / units_of_em * em;
      ink.left = any ? std::min(ink.left, x) : x;
      ink.right = any ? std::max(ink.right, x) : x;
      ink.top = any ? std::min(ink.top, y) : y;
      ink.bottom = any ? std::max(ink.bottom, y) : y;
      any = true;
    }
  }
  return ink;
}

struct Shaper::State {
  TextContext context{pango_font_map_create_context(pango_cairo_font_map_get_default())};
  GlyphBook book;
  /// Pango keeps one HarfBuzz face for a font file, so this finds a glyph at every size.
  std::map<std::pair<hb_face_t*, hb_codepoint_t>, std::uint32_t> known;

  State() {
    // Whole-dot metrics would break the lines of one label differently on each printer.
    const FontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
  }

  std::uint32_t glyph(PangoFont* font, hb_codepoint_t id, std::string_view text) {
    const HbFont own = unscaled(font);
    const auto key = std::pair(hb_font_get_face(own.get()), id);
    const auto found = known.find(key);
    if (found != known.end()) return found->second;
    Outline outline;
    hb_font_get_glyph_shape(own.get(), id, Pen::functions(), &outline);
    outline.advance = hb_font_get_glyph_h_advance(own.get(), id);
    outline.text = as_said(text);
    const auto index = static_cast<std::uint32_t>(book.outlines.size());
    book.outlines.push_back(std::move(outline));
    known.emplace(key, index);
    return index;
  }

  void add_run(const PangoLayoutRun& run, const char* text, double& pen, ShapedLine& line) {
    const bool dots = (run.item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0;
    const std::string_view whole(text + run.item->offset,
                                 static_cast<std::size_t>(run.item->length));
    line.text += dots ? "…" : as_said(whole);
    const PangoGlyphString& glyphs = *run.glyphs;
    for (int i = 0; i < glyphs.num_glyphs; ++i) {
      const auto& info = glyphs.glyphs[i];
      // From this glyph's cluster to the next one: the characters it stands for.
      const auto from = static_cast<std::size_t>(glyphs.log_clusters[i]);
      std::size_t to = whole.size();
      for (int next = i + 1; next < glyphs.num_glyphs; ++next) {
        const auto start = static_cast<std::size_t>(glyphs.log_clusters[next]);
        if (start > from) {
          to = start;
          break;
        }
      }
      if (info.glyph != PANGO_GLYPH_EMPTY) {
        const auto index = glyph(run.item->analysis.font, info.glyph,
                                 dots ? std::string_view("…") : whole.substr(from, to - from));
        line.glyphs.push_back(
            {index, pen + from_pango(info.geometry.x_offset), from_pango(info.geometry.y_offset)});
      }
      pen += from_pango(info.geometry.width);
    }
  }
};

Shaper::Shaper() : state_(std::make_unique<State>()) {}
Shaper::~Shaper() = default;
const GlyphBook& Shaper::book() const { return state_->book; }
GlyphBook Shaper::take() { return std::move(state_->book); }

Result<ShapedText> Shaper::shape(std::string_view given, const TextStyle& style) {
  const Text text(
      g_utf8_normalize(given.data(), static_cast<gssize>(given.size()), G_NORMALIZE_NFC));
  if (!text) return Fault::bad_text;
  const Layout layout(pango_layout_new(state_->context.get()));
  const Font font(pango_font_description_from_string("Noto Sans"));
  pango_font_description_set_absolute_size(font.get(), style.em * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  // Another font would come with other marks and other metrics: better to refuse.
  const Attributes attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE));
  // A hyphen where a long word breaks would be typed as part of a host.
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_auto_dir(layout.get(), FALSE);
  if (style.width > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout.get(), -style.lines);
  }
  pango_layout_set_text(layout.get(), text.get(), -1);
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) return Fault::bad_text;

  ShapedText out;
  out.cut = pango_layout_is_ellipsized(layout.get()) != 0;
  const Lines lines(pango_layout_get_iter(layout.get()));
  do {
    const PangoLayoutLine* const line = pango_layout_iter_get_line_readonly(lines.get());
    ShapedLine shaped;
    double pen = 0;
    for (const GSList* at = line->runs; at != nullptr; at = at->next) {
      state_->add_run(*static_cast<const PangoLayoutRun*>(at->data), text.get(), pen, shaped);
    }
    while (!shaped.text.empty() && shaped.text.back() == ' ') shaped.text.pop_back();
    shaped.width = pen;
    out.lines.push_back(std::move(shaped));
  } while (pango_layout_iter_next_line(lines.get()) != 0);
  return out;
}

Result<void> Shaper::add_numerals(bool bold) {
  // One by one, so that no pair is kerned and a number's width is the sum of its symbols'.
  for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ-() ")) {
    const auto shaped = shape(std::string_view(&c, 1), {units_of_em, bold, 1, 0});
    if (!shaped) return shaped.error();
    if (shaped->lines.size() != 1 || shaped->lines[0].glyphs.size() != 1) return Fault::failed;
    state_->book.numerals[bold ? 1 : 0][static_cast<std::size_t>(c)] =
        shaped->lines[0].glyphs[0].glyph;
  }
  return {};
}

}  // namespace nguon::labels
