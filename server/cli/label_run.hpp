#pragma once

#include "labels/device_labels.hpp"
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

/// What kind of file they become.
struct LabelFormat {
  /// pdf, svg, png, csv; zpl, tspl: what a printer takes, to be sent by hand; job: the same as
  /// `nguon print` takes it.
  std::string ending;
  labels::DeviceSettings device;  ///< For a job with its language.
};

/// Writes a new file with all labels of the run. SVG and PNG hold one page; all others are written
/// as they are made, in constant memory. Errors `label.input`, also when a page has not so many
/// places, `file.write`; then there is no file.
ledger::Result<void> write_labels(const labels::PlacedLabel& placed, const LabelRun& run,
                                  const LabelFormat& format, const std::string& path);

}  // namespace nguon::server
