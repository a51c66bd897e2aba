#pragma once

#include "labels/placed.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace nguon::server {

/// Labels in the order they are to be printed.
struct LabelRun {
  std::uint64_t count = 0;
  /// Serial, animal number or SSCC of label i, 0 ≤ i < count.
  std::function<labels::Result<std::string>(std::uint64_t)> code;
};

/// Writes a new file with all labels of the run; `format`: pdf, svg, png or csv. SVG and PNG hold
/// one page. PDF and CSV are written as they are made, in constant memory. Errors `label.input`,
/// also when a page has not so many places, `file.write`; then there is no file.
ledger::Result<void> write_labels(const labels::PlacedLabel& placed, const LabelRun& run,
                                  const std::string& format, const std::string& path);

}  // namespace nguon::server
