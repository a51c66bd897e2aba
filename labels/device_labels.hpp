#pragma once

#include "labels/print_job.hpp"
#include "labels/tspl.hpp"
#include "labels/zpl.hpp"

#include <string>
#include <utility>
#include <variant>

namespace nguon::labels {

/// What a label printer is told besides the layout.
struct DeviceSettings {
  PrinterLanguage language = PrinterLanguage::zpl;
  Drawing drawing = Drawing::printer;
  int gap_mm = 2;  ///< Between labels on the roll, 0..25; TSPL is told.
};

/// Labels of one job for a label printer, in the language it speaks. A plain value: any thread may
/// read it.
class DeviceLabels {
 public:
  /// `any`: any label of the job. Faults of ZplWriter::make and TsplWriter::make.
  static Result<DeviceLabels> make(PlacedLabel placed, const LabelItem& any,
                                   const DeviceSettings& settings);

  const std::string& setup() const;
  Result<std::string> label(const LabelItem& item) const;

 private:
  using Writer = std::variant<ZplWriter, TsplWriter>;
  explicit DeviceLabels(Writer writer) : writer_(std::move(writer)) {}
  Writer writer_;
};

}  // namespace nguon::labels
