#include "labels/svg.hpp"

#include "labels/number_run.hpp"

#include <charconv>
#include <cmath>

namespace nguon::labels {
namespace {

void append(std::string& out, double value, int digits = 2) {
  char room[64];
  const auto end = std::to_chars(room, room + sizeof room, value, std::chars_format::fixed, digits);
  out.append(room, end.ptr);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

void append_box(std::string& out, const DotBox& box) {
  out += 'M' + std::to_string(box.x) + ' ' + std::to_string(box.y) + 'h' +
         std::to_string(box.width) + 'v' + std::to_string(box.height) + 'h' +
         std::to_string(-box.width) + 'z';
}

std::string svg_path(const Outline& outline) {
  std::string out;
  for (const auto& [kind, at] : outline.steps) {
    const std::size_t numbers = kind == OutlineStep::Kind::cubic   ? 6
                                : kind == OutlineStep::Kind::close ? 0
                                                                   : 2;
    out += "MLCz"[static_cast<int>(kind)];
    for (std::size_t i = 0; i < numbers; ++i) {
      if (i > 0) out += ' ';
      append(out, i % 2 == 0 ? static_cast<double>(at[i]) : -static_cast<double>(at[i]), 1);
    }
  }
  return out;
}

/// Outlines once, in thousandths of an em, whatever number of labels uses them.
std::string outlines_of(const PlacedLabel& placed) {
  std::string out = "<defs>";
  for (std::size_t i = 0; i < placed.glyphs.outlines.size(); ++i) {
    const auto& outline = placed.glyphs.outlines[i];
    if (outline.steps.empty()) continue;
    out += "<path id=\"g" + std::to_string(i) + "\" d=\"" + svg_path(outline) + "\"/>";
  }
  return out + "</defs>";
}

void append_glyph(std::string& out, const PlacedLabel& placed, std::uint32_t glyph, double x,
                  double y, double em, double squeeze) {
  if (placed.glyphs.outlines[glyph].steps.empty()) return;
  out += "<use href=\"#g" + std::to_string(glyph) + "\" transform=\"translate(";
  append(out, x);
  out += ' ';
  append(out, y);
  out += ")scale(";
  append(out, em / 1000 * squeeze, 6);
  out += ' ';
  append(out, em / 1000, 6);
  out += ")\"/>";
}

std::string svg_static(const PlacedLabel& placed) {
  std::string out = "<defs><g id=\"s\">";
  for (const auto& text : placed.texts) {
    for (const auto& glyph : text.glyphs) {
      append_glyph(out, placed, glyph.glyph, glyph.x, glyph.y, text.em, 1);
    }
  }
  return out + "</g></defs>";
}

Result<void> append_label(std::string& out, const PlacedLabel& placed, const LabelItem& item) {
  const auto modules = label_symbol(placed, item);
  if (!modules) return modules.error();
  const auto bars = label_bars(placed, item);
  if (!bars) return bars.error();
  out += "<path shape-rendering=\"crispEdges\" d=\"";
  const PlacedCode& code = placed.code;
  for (int y = 0; y < modules->size; ++y) {
    for (int x = 0; x < modules->size; ++x) {
      if (!modules->at(x, y)) continue;
      const int from = x;
      while (x < modules->size && modules->at(x, y)) ++x;
      append_box(out, {code.box.x + from * code.module, code.box.y + y * code.module,
                       (x - from) * code.module, code.module});
    }
  }
  for (const auto& bar : *bars) append_box(out, bar);
  out += "\"/><use href=\"#s\"/>";
  for (std::size_t i = 0; i < placed.numbers.size(); ++i) {
    const PlacedNumber& number = placed.numbers[i];
    const auto run = run_of(placed, number, item.numbers[i]);
    if (!run) return run.error();
    double x = run->x;
    for (const auto glyph : run->glyphs) {
      append_glyph(out, placed, glyph, x, number.baseline, number.em, run->squeeze);
      x += placed.glyphs.outlines[glyph].advance / 1000 * number.em * run->squeeze;
    }
  }
  return {};
}

}  // namespace

Result<std::string> page_svg(const PlacedLabel& placed, const std::vector<LabelItem>& items) {
  if (items.size() > placed.cells.size()) return Fault::out_of_range;
  const auto millimetres = [&](int dots) {
    std::string out;
    append(out, dots * 25.4 / placed.dpi, 3);
    return out + "mm";
  };
  const std::string width = std::to_string(placed.page_width);
  const std::string height = std::to_string(placed.page_height);
  std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" role="img" width=")" +
                    millimetres(placed.page_width) + "\" height=\"" +
                    millimetres(placed.page_height) + "\" viewBox=\"0 0 " + width + " " + height +
                    "\"><title>" + escaped(placed.title) + "</title><desc>";
  for (const auto& text : placed.texts) out += escaped(text.text) + ". ";
  for (const auto& item : items) out += escaped(item.shown) + ". ";
  out += "</desc><path fill=\"#fff\" d=\"M0 0h" + width + "v" + height + "H0z\"/>";
  out += outlines_of(placed) + svg_static(placed);
  for (std::size_t i = 0; i < items.size(); ++i) {
    out += "<g transform=\"translate(" + std::to_string(placed.cells[i].x) + " " +
           std::to_string(placed.cells[i].y) + ")\">";
    const auto added = append_label(out, placed, items[i]);
    if (!added) return added.error();
    out += "</g>";
  }
  return out + "</svg>\n";
}

}  // namespace nguon::labels
