#pragma once

#include "labels/placed.hpp"
#include "labels/shape.hpp"

#include <string>

namespace nguon::labels {

// The steps of place_label. Private to the room.

/// From micrometres on the label to dots of the printer, its scale included.
class DotGrid {
 public:
  explicit DotGrid(const Printer& printer) : printer_(printer) {}
  int x(int um) const { return dots(um, printer_.scale_x); }
  int y(int um) const { return dots(um, printer_.scale_y); }
  /// Edges are rounded one by one, so that what touches on the layout touches in dots.
  DotBox box(const Room& room) const {
    DotBox out{x(room.x), y(room.y), 0, 0};
    out.width = x(room.x + room.width) - out.x;
    out.height = y(room.y + room.height) - out.y;
    return out;
  }
  /// A length of the medium, which no printer scales.
  int plain(int um) const { return dots(um, 1000); }
  /// Tenths of a point to dots.
  double em(int size) const { return size / 10.0 / 72.0 * printer_.dpi; }
  int dpi() const { return printer_.dpi; }

 private:
  int dots(int um, int scale) const;
  Printer printer_;
};

/// `123,4` or `123.4` millimetres of so many dots.
std::string millimetres(int dots, int dpi, char comma);

/// out_of_range outside the bounds of labels/FORMAT.md §7.
Ruled<void> check_printer(const Printer& printer);
Ruled<PlacedCode> place_code(const Template& layout, const DotGrid& grid, std::string_view link);
Ruled<PlacedLinear> place_linear(const Template& layout, const DotGrid& grid);
/// Static texts and warnings into `placed`.
Ruled<void> place_texts(const Template& layout, const DotGrid& grid, const LabelFacts& facts,
                        Shaper& shaper, PlacedLabel& placed);

/// Printable text only; absent is not printable. Formatting characters are refused too: a
/// right-to-left override could make a label say something else than the ledger does.
bool is_printable(std::string_view text);

}  // namespace nguon::labels
