#include "labels/place.hpp"

#include "labels/ascii.hpp"

#include <glib.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nguon::labels {
namespace {

constexpr std::size_t longest_fact = 200;
constexpr int smallest_size = 60;  // tenths of a point: 6 pt
constexpr int most_lines = 3;      // of a text that may not be cut
constexpr double narrower = 0.05;  // of its size, a step

/// A line of a block with its text.
struct Wish {
  const TemplateLine* line = nullptr;
  std::string text;
  int lines = 1;
};

/// Names and sentences may be cut, and are then warned of. A cut lot, date or host would be another
/// one.
bool may_be_cut(TextField field) {
  return field == TextField::product || field == TextField::producer ||
         field == TextField::storage || field == TextField::ocop;
}

struct Set {
  int size = 0;
  ShapedText shaped;
};

std::string fact_of(const LabelFacts& facts, TextField field) {
  switch (field) {
    case TextField::product:
      return facts.product;
    case TextField::net:
      return facts.net;
    case TextField::producer:
      return facts.producer;
    case TextField::lot:
      return facts.lot;
    case TextField::harvested:
      return facts.harvested;
    case TextField::packed:
      return facts.packed;
    case TextField::ocop:
      return facts.ocop;
    case TextField::storage:
      return facts.storage;
    case TextField::count:
      return facts.count;
    case TextField::gtin:
      return facts.gtin;
    case TextField::host:
      return facts.host;
    case TextField::sample:
      return facts.sample ? "dữ liệu mẫu" : "";
  }
  return {};
}

/// The same to be set: an amount stays with its unit, and a host breaks behind a dot, where nobody
/// who types it takes the break for a part of it.
std::string with_breaks(std::string_view text, TextField field) {
  const bool amount = field == TextField::net || field == TextField::count;
  std::string out;
  for (const char c : text) {
    if (amount && c == ' ' && !out.empty() && is_digit(out.back())) {
      out += no_break_space;
    } else {
      out += c;
      if (field == TextField::host && c == '.') out += break_here;
    }
  }
  return out;
}

/// A roll that is printed ahead says whose it is; what it will stand on nobody knows yet.
bool is_required(TextField field) {
  return field == TextField::producer || field == TextField::host;
}

Ruled<std::vector<Wish>> wishes_of(const TemplateBlock& block, const LabelFacts& facts) {
  std::vector<Wish> out;
  for (const auto& line : block.lines) {
    const std::string value = fact_of(facts, line.field);
    if (value.empty() && !is_required(line.field)) continue;
    if (!is_printable(value)) {
      return Refusal{
          Fault::bad_text,
          "Một dòng chữ của tem bị bỏ trống, dài quá 200 byte hoặc có ký tự không in được.",
          "A text of the label is missing, over 200 octets, or has characters that "
          "cannot be printed."};
    }
    const int lines = may_be_cut(line.field) ? line.lines : std::max(line.lines, most_lines);
    out.push_back({&line, line.prefix + with_breaks(value, line.field), lines});
  }
  return out;
}

struct Setting {
  std::vector<Set> sets;
  double height = 0;
  bool cut = false;
  bool harmed = false;  ///< of what is cut, something may not be
  bool smallest = true;
};

Result<Setting> set_all(const std::vector<Wish>& wishes, const DotGrid& grid, double width,
                        double factor, Shaper& shaper) {
  Setting out;
  for (const auto& wish : wishes) {
    Set set;
    set.size = std::max(smallest_size, static_cast<int>(std::lround(wish.line->size * factor)));
    const double em = grid.em(set.size);
    auto shaped = shaper.shape(wish.text, {em, wish.line->bold, wish.lines, width});
    if (!shaped) return shaped.error();
    set.shaped = *std::move(shaped);
    out.height += static_cast<double>(set.shaped.lines.size()) * line_pitch * em;
    out.cut = out.cut || set.shaped.cut;
    out.harmed = out.harmed || (set.shaped.cut && !may_be_cut(wish.line->field));
    out.smallest = out.smallest && set.size == smallest_size;
    out.sets.push_back(std::move(set));
  }
  return out;
}

/// The largest setting that fits; at 6 pt lines are given up, the last ones first.
Ruled<Setting> fit(std::vector<Wish>& wishes, const DotGrid& grid, const DotBox& room,
                   Shaper& shaper) {
  for (double factor = 1;; factor -= narrower) {
    auto setting = set_all(wishes, grid, room.width, factor, shaper);
    if (!setting) {
      return Refusal{setting.error(), "Phông chữ Noto Sans không có một ký tự của tem.",
                     "Noto Sans lacks a character of the label."};
    }
    const bool fits = setting->height <= room.height;
    if (fits && (!setting->cut || (setting->smallest && !setting->harmed))) {
      return *std::move(setting);
    }
    if (!setting->smallest) continue;
    const auto longest = std::find_if(wishes.rbegin(), wishes.rend(), [](const Wish& wish) {
      return wish.lines > 1 && may_be_cut(wish.line->field);
    });
    if (fits || longest == wishes.rend()) {
      const auto lines = std::to_string(wishes.size());
      const auto needed = std::to_string(static_cast<int>(std::ceil(setting->height)));
      const auto there = std::to_string(room.height);
      return Refusal{Fault::does_not_fit,
                     "Tem không đủ chỗ cho " + lines + " mục chữ: ở cỡ 6 pt cần cao " + needed +
                         " chấm, chỗ có " + there + " chấm, rộng " + std::to_string(room.width) +
                         " chấm; số lô, ngày và địa chỉ không được cắt bớt.",
                     "The label has no room for " + lines +
                         " texts: at 6 pt they need a height of " + needed +
                         " dots, the room has " + there + ", and a width of " +
                         std::to_string(room.width) + "; lot, dates and host may not be cut."};
    }
    --longest->lines;
  }
}

/// Whole dots around the ink of a line.
DotBox ink_box(const PlacedText& text, const GlyphBook& book) {
  double left = 1e9;
  double top = 1e9;
  double right = -1e9;
  double bottom = -1e9;
  for (const auto& glyph : text.glyphs) {
    const InkBox ink = ink_of(book.outlines[glyph.glyph], text.em);
    if (ink.right <= ink.left) continue;
    left = std::min(left, glyph.x + ink.left);
    right = std::max(right, glyph.x + ink.right);
    top = std::min(top, glyph.y + ink.top);
    bottom = std::max(bottom, glyph.y + ink.bottom);
  }
  if (right < left) return {};
  DotBox box{static_cast<int>(std::floor(left)), static_cast<int>(std::floor(top)), 0, 0};
  box.width = static_cast<int>(std::ceil(right)) - box.x;
  box.height = static_cast<int>(std::ceil(bottom)) - box.y;
  return box;
}

void put_lines(const Setting& setting, const std::vector<Wish>& wishes, Align align, const DotBox& room,
         const DotGrid& grid, const GlyphBook& book, PlacedLabel& placed) {
  double y = room.y;
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    const auto& set = setting.sets[i];
    const double em = grid.em(set.size);
    for (const auto& line : set.shaped.lines) {
      PlacedText text;
      text.field = wishes[i].line->field;
      text.bold = wishes[i].line->bold;
      text.text = line.text;
      text.em = em;
      const double slack = room.width - line.width;
      const double left = room.x + (align == Align::left     ? 0
                                    : align == Align::center ? slack / 2
                                                             : slack);
      const double baseline = std::round(y + line_ascent * em);
      text.glyphs = line.glyphs;
      for (auto& glyph : text.glyphs) {
        glyph.x += left;
        glyph.y += baseline;
      }
      text.box = ink_box(text, book);
      placed.texts.push_back(std::move(text));
      y += line_pitch * em;
    }
    if (set.shaped.cut) placed.cut.push_back({wishes[i].line->field});
  }
}

}  // namespace

bool is_printable(std::string_view text) {
  if (text.empty() || text.size() > longest_fact) return false;
  if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) == 0) return false;
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

Ruled<void> place_texts(const Template& layout, const DotGrid& grid, const LabelFacts& facts,
                        Shaper& shaper, PlacedLabel& placed) {
  for (const auto& block : layout.blocks) {
    auto wishes = wishes_of(block, facts);
    if (!wishes) return wishes.error();
    if (wishes->empty()) continue;
    const DotBox room = grid.box(block.room);
    const auto setting = fit(*wishes, grid, room, shaper);
    if (!setting) return setting.error();
    put_lines(*setting, *wishes, block.align, room, grid, shaper.book(), placed);
  }
  return {};
}

}  // namespace nguon::labels
