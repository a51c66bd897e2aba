#pragma once

#include "labels/placed.hpp"

#include <string>
#include <vector>

namespace nguon::labels {

/// A page of labels as SVG 1.1, for outside printers and for the screen: millimetres outside, dots
/// inside, type as outlines, with title and description for readers. At most `placed.cells` items.
Result<std::string> page_svg(const PlacedLabel& placed, const std::vector<LabelItem>& items);

}  // namespace nguon::labels
