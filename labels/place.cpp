#include "labels/place.hpp"

#include "labels/gtin.hpp"
#include "labels/serial.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nguon::labels {
namespace {

constexpr double capital_height = 0.714;  // of Noto Sans, in ems

/// What the link of a job says: its kind and all of it up to the code.
struct JobLink {
  LinkKind kind = LinkKind::serial;
  std::string prefix;
  std::string worst;  ///< the link of this job that needs most room
};

Refusal bad_link() {
  return {Fault::bad_order, "Mẫu tem này không dùng loại liên kết đó.",
          "This layout does not take that kind of link."};
}

Refusal contradiction(Fault fault) {
  return {fault, "GTIN hoặc số lô trên tem sai, hoặc khác với liên kết trong mã.",
          "The GTIN or lot on the label is wrong, or not the one in its link."};
}

Ruled<JobLink> read_link(const Template& layout, std::string_view link) {
  const Link target = read_url(link);
  JobLink out;
  if (std::holds_alternative<SerialLink>(target)) {
    out.kind = LinkKind::serial;
  } else if (std::holds_alternative<ProductLink>(target)) {
    out.kind = LinkKind::product;
  } else if (std::holds_alternative<TagLink>(target)) {
    out.kind = LinkKind::tag;
  } else if (std::holds_alternative<CartonLink>(target)) {
    out.kind = LinkKind::carton;
  } else {
    return bad_link();
  }
  const auto& taken = layout.code.links;
  if (std::find(taken.begin(), taken.end(), out.kind) == taken.end()) return bad_link();
  out.prefix = link.substr(0, link.rfind('/') + 1);
  out.worst = link;
  if (out.kind == LinkKind::serial || out.kind == LinkKind::product) {
    // A run of digits can only make a symbol smaller.
    out.worst = out.prefix + std::string(serial_length, 'Z');
  }
  return out;
}

/// Facts as printed: lot and GTIN in their one form, and the same as in the link.
Ruled<LabelFacts> checked(LabelFacts facts, std::string_view link) {
  if (!facts.lot.empty()) {
    auto lot = read_lot(facts.lot);
    if (!lot) return contradiction(lot.error());
    facts.lot = *std::move(lot);
  }
  if (!facts.gtin.empty()) {
    auto gtin = read_gtin(facts.gtin);
    if (!gtin) return contradiction(gtin.error());
    facts.gtin = *std::move(gtin);
  }
  const Link target = read_url(link);
  if (const auto* const product = std::get_if<ProductLink>(&target)) {
    if (!facts.gtin.empty() && product->gtin != facts.gtin) return contradiction(Fault::bad_order);
    if (!facts.lot.empty() && product->lot.value_or(facts.lot) != facts.lot) {
      return contradiction(Fault::bad_order);
    }
  }
  return facts;
}

void place_cells(const Template& layout, const DotGrid& grid, const Printer& printer,
                 PlacedLabel& placed) {
  placed.width = grid.plain(layout.width);
  placed.height = grid.plain(layout.height);
  placed.offset = {grid.plain(printer.offset_x), grid.plain(printer.offset_y)};
  if (!layout.sheet) {
    placed.page_width = placed.width;
    placed.page_height = placed.height;
    placed.cells.push_back(placed.offset);
    return;
  }
  const Sheet& sheet = *layout.sheet;
  placed.page_width = grid.plain(sheet.page_width);
  placed.page_height = grid.plain(sheet.page_height);
  for (int row = 0; row < sheet.rows; ++row) {
    for (int column = 0; column < sheet.columns; ++column) {
      placed.cells.push_back({grid.x(sheet.left + column * sheet.pitch_x) + placed.offset.x,
                              grid.y(sheet.top + row * sheet.pitch_y) + placed.offset.y});
    }
  }
}

void place_numbers(const Template& layout, const DotGrid& grid, PlacedLabel& placed) {
  for (const auto& number : layout.numbers) {
    PlacedNumber out;
    out.part = number.part;
    out.box = grid.box(number.room);
    out.em = grid.em(number.size);
    out.align = number.align;
    out.bold = number.bold;
    out.baseline =
        out.box.y + static_cast<int>(std::lround((out.box.height + capital_height * out.em) / 2));
    placed.numbers.push_back(out);
  }
}

/// Everything printed, on every cell, is on the page.
bool is_on_page(const PlacedLabel& placed) {
  std::vector<DotBox> boxes;
  const int quiet = quiet_zone * placed.code.module;
  const DotBox& code = placed.code.box;
  boxes.push_back(
      {code.x - quiet, code.y - quiet, code.width + 2 * quiet, code.height + 2 * quiet});
  if (placed.linear) boxes.push_back(placed.linear->box);
  for (const auto& text : placed.texts) boxes.push_back(text.box);
  for (const auto& number : placed.numbers) boxes.push_back(number.box);
  for (const auto& cell : placed.cells) {
    for (const auto& box : boxes) {
      if (cell.x + box.x < 0 || cell.y + box.y < 0 ||
          cell.x + box.x + box.width > placed.page_width ||
          cell.y + box.y + box.height > placed.page_height) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

int DotGrid::dots(int um, int scale) const {
  return static_cast<int>(
      std::llround(static_cast<double>(um) * printer_.dpi * scale / 25'400'000.0));
}

void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where) {
  throw std::logic_error("value asked of a refused label (" + refusal.en + ") at " +
                         where.to_string());
}

Ruled<void> check_printer(const Printer& printer) {
  const auto within = [](int value, int least, int most) {
    return value >= least && value <= most;
  };
  if (within(printer.dpi, 100, 1200) && within(printer.offset_x, -5000, 5000) &&
      within(printer.offset_y, -5000, 5000) && within(printer.scale_x, 950, 1050) &&
      within(printer.scale_y, 950, 1050)) {
    return {};
  }
  return Refusal{Fault::out_of_range,
                 "Máy in: 100..1200 dpi, lệch không quá 5 mm, tỷ lệ 95..105 %.",
                 "Printer: 100..1200 dpi, offset within 5 mm, scale 95..105 %."};
}

Ruled<PlacedLabel> place_label(const Template& layout, const LabelFacts& facts,
                               const Printer& printer, std::string_view link) {
  const auto sound = check_printer(printer);
  if (!sound) return sound.error();
  const auto job = read_link(layout, link);
  if (!job) return job.error();
  const auto said = checked(facts, link);
  if (!said) return said.error();

  PlacedLabel placed;
  placed.name = layout.name;
  placed.title = is_printable(said->product) ? said->product : layout.vi;
  placed.dpi = printer.dpi;
  placed.kind = job->kind;
  placed.link_prefix = job->prefix;
  const DotGrid grid(printer);
  place_cells(layout, grid, printer, placed);
  const auto code = place_code(layout, grid, job->worst);
  if (!code) return code.error();
  placed.code = *code;
  if (layout.linear) {
    const auto linear = place_linear(layout, grid);
    if (!linear) return linear.error();
    placed.linear = *linear;
  }
  place_numbers(layout, grid, placed);
  Shaper shaper;
  for (const bool bold : {false, true}) {
    const auto is_used = [&](const PlacedNumber& number) { return number.bold == bold; };
    if (std::none_of(placed.numbers.begin(), placed.numbers.end(), is_used)) continue;
    if (!shaper.add_numerals(bold)) {
      return Refusal{Fault::failed, "Máy này thiếu phông chữ Noto Sans.",
                     "This machine lacks the font Noto Sans."};
    }
  }
  const auto texts = place_texts(layout, grid, *said, shaper, placed);
  if (!texts) return texts.error();
  if (!is_on_page(placed)) {
    return Refusal{Fault::does_not_fit,
                   "Độ lệch hoặc tỷ lệ của máy in đẩy một phần tem ra ngoài giấy.",
                   "The printer's offset or scale moves part of the label off the paper."};
  }
  placed.glyphs = shaper.take();
  return placed;
}

}  // namespace nguon::labels
