#include "labels/gs1_128.hpp"
#include "labels/placed.hpp"

namespace nguon::labels {

Result<std::vector<DotBox>> label_bars(const PlacedLabel& placed, const LabelItem& item) {
  std::vector<DotBox> bars;
  if (!placed.linear) return bars;
  const auto symbol = encode_gs1_128({{"00", item.code}});
  if (!symbol || symbol->modules != placed.linear->modules) return Fault::does_not_fit;
  DotBox bar = placed.linear->box;
  bool dark = true;
  for (const auto width : symbol->widths) {
    bar.width = width * placed.linear->module;
    if (dark) bars.push_back(bar);
    bar.x += bar.width;
    dark = !dark;
  }
  return bars;
}

}  // namespace nguon::labels
