#include "labels/number_run.hpp"

namespace nguon::labels {

Result<NumberRun> run_of(const PlacedLabel& placed, const PlacedNumber& number,
                         std::string_view text) {
  const auto& numerals = placed.glyphs.numerals[number.bold ? 1 : 0];
  NumberRun run;
  run.glyphs.reserve(text.size());
  double width = 0;
  for (const char c : text) {
    const auto at = static_cast<unsigned char>(c);
    if (at >= numerals.size() || !numerals[at]) return Fault::bad_symbol;
    run.glyphs.push_back(*numerals[at]);
    width += placed.glyphs.outlines[*numerals[at]].advance / 1000 * number.em;
  }
  if (width > number.box.width) {
    run.squeeze = number.box.width / width;
    width = number.box.width;
  }
  const double slack = number.box.width - width;
  run.x = number.box.x;
  if (number.align == Align::center) run.x += slack / 2;
  if (number.align == Align::right) run.x += slack;
  return run;
}

}  // namespace nguon::labels
