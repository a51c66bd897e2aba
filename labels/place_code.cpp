#include "labels/place.hpp"

#include "labels/gs1_128.hpp"

#include <algorithm>

namespace nguon::labels {
namespace {

constexpr int smallest_till_module_um = 396;       // GS1 General Specifications, 2D at retail
constexpr int smallest_transport_module_um = 495;  // the same, GS1-128 on transport units
constexpr int fewest_dots = 4;  // below, one dot more or less of heat changes what is read
constexpr int sscc_modules = 156;

int dots_of_least(int um, int dpi) { return (um * dpi + 25'399) / 25'400; }

char correction_level(QrLevel level) { return "LMQH"[static_cast<int>(level)]; }

/// One symbol tried: what it needs and what there is.
struct Trial {
  QrLevel level = QrLevel::m;
  int modules = 0;
  int room = 0;
  int least = 0;
  int need() const { return modules + 2 * quiet_zone; }
  int module() const { return room / need(); }
};

std::string arithmetic(const Trial& trial, int dpi, bool vietnamese) {
  const char comma = vietnamese ? ',' : '.';
  const auto number = [](int value) { return std::to_string(value); };
  const int wanted = trial.need() * trial.least;
  const std::string sum =
      number(trial.modules) + " + 2 × " + number(quiet_zone) + " = " + number(trial.need());
  const std::string needed =
      number(trial.need()) + " × " + number(trial.least) + " = " + number(wanted);
  if (vietnamese) {
    return std::string("mức ") + correction_level(trial.level) + ": " + sum + " ô, mỗi ô ít nhất " +
           number(trial.least) + " chấm: " + needed + " chấm (" + millimetres(wanted, dpi, comma) +
           " mm); chỗ dành cho mã có " + number(trial.room) + " chấm (" +
           millimetres(trial.room, dpi, comma) + " mm), mỗi ô chỉ được " + number(trial.module()) +
           " chấm";
  }
  return std::string("level ") + correction_level(trial.level) + ": " + sum + " modules, at least " +
         number(trial.least) + " dots each: " + needed + " dots (" +
         millimetres(wanted, dpi, comma) + " mm); the room for the code has " + number(trial.room) +
         " dots (" + millimetres(trial.room, dpi, comma) + " mm), " + number(trial.module()) +
         " a module";
}

}  // namespace

std::string millimetres(int dots, int dpi, char comma) {
  const int tenths = (dots * 254 + dpi / 2) / dpi;
  return std::to_string(tenths / 10) + comma + std::to_string(tenths % 10);
}

Ruled<PlacedCode> place_code(const Template& layout, const DotGrid& grid, std::string_view link) {
  const DotBox room = grid.box(layout.code.room);
  Refusal refusal{
      Fault::does_not_fit,
      "Mã QR không vừa mẫu " + layout.name + " ở " + std::to_string(grid.dpi()) + " dpi.",
      "The QR does not fit layout " + layout.name + " at " + std::to_string(grid.dpi()) + " dpi."};
  for (const QrLevel level : layout.code.levels) {
    const auto symbol = encode_qr(link, level);
    if (!symbol) {
      return Refusal{symbol.error(), "Không làm được mã QR cho liên kết này.",
                     "No QR can be made of this link."};
    }
    const Trial trial{level, symbol->size, std::min(room.width, room.height),
                      std::max(fewest_dots, dots_of_least(smallest_till_module_um, grid.dpi()))};
    if (trial.module() < trial.least) {
      refusal.vi += " Ở " + arithmetic(trial, grid.dpi(), true) + ".";
      refusal.en += " At " + arithmetic(trial, grid.dpi(), false) + ".";
      continue;
    }
    PlacedCode code;
    code.modules = trial.modules;
    code.module = trial.module();
    code.version = (trial.modules - 17) / 4;
    code.level = level;
    const int used = trial.need() * trial.module();
    const int quiet = quiet_zone * trial.module();
    code.box.x = room.x + (room.width - used) / 2 + quiet;
    code.box.y = room.y + (room.height - used) / 2 + quiet;
    code.box.width = code.box.height = trial.modules * trial.module();
    return code;
  }
  return refusal;
}

Ruled<PlacedLinear> place_linear(const Template& layout, const DotGrid& grid) {
  const DotBox room = grid.box(*layout.linear);
  constexpr int need = sscc_modules + 2 * linear_quiet_zone;
  const int least = dots_of_least(smallest_transport_module_um, grid.dpi());
  PlacedLinear linear;
  linear.modules = sscc_modules;
  linear.module = room.width / need;
  if (linear.module < least) {
    const std::string numbers = std::to_string(sscc_modules) + " + 2 × " +
                                std::to_string(linear_quiet_zone) + " = " + std::to_string(need);
    const std::string product =
        std::to_string(need) + " × " + std::to_string(least) + " = " + std::to_string(need * least);
    return Refusal{Fault::does_not_fit,
                   "Mã vạch không vừa mẫu " + layout.name + ": " + numbers + " ô, mỗi ô ít nhất " +
                       std::to_string(least) + " chấm: " + product + " chấm; chỗ dành có " +
                       std::to_string(room.width) + " chấm.",
                   "The bars do not fit layout " + layout.name + ": " + numbers +
                       " modules, at least " + std::to_string(least) + " dots each: " + product +
                       " dots; their room has " + std::to_string(room.width) + " dots."};
  }
  linear.box.width = sscc_modules * linear.module;
  linear.box.height = room.height;
  linear.box.x = room.x + (room.width - linear.box.width) / 2;
  linear.box.y = room.y;
  return linear;
}

}  // namespace nguon::labels
