#pragma once

#include "labels/device_parts.hpp"

#include <string>
#include <utility>

namespace nguon::labels {

/// Labels of one job for printers that speak TSPL (TSC and the many that follow it): what is the
/// same on all of them goes over once, as a BMP the printer keeps (labels/FORMAT.md §8). Numbers
/// are always pictures: the fonts differ from one maker to the next. A plain value: any thread may
/// read it.
class TsplWriter {
 public:
  /// `any`: any label of the job; `gap_mm`: between labels on the roll, 0..25 (out_of_range).
  /// bad_order for a layout of sheets; failed.
  static Result<TsplWriter> make(PlacedLabel placed, const LabelItem& any,
                                 Drawing drawing = Drawing::printer, int gap_mm = 2);

  /// To be sent before the first label and again whenever the printer may have forgotten it.
  const std::string& setup() const { return setup_; }

  /// One label, once on paper. bad_symbol, and faults of label_symbol and number_picture.
  Result<std::string> label(const LabelItem& item) const;

  /// Whether the printer encodes the QR by itself.
  bool printer_encodes() const { return encodes_; }

 private:
  TsplWriter(PlacedLabel placed, DevicePicture fixed, NumberStamps stamps, bool encodes)
      : placed_(std::move(placed)),
        fixed_(std::move(fixed)),
        stamps_(std::move(stamps)),
        encodes_(encodes) {}
  void append_setup(int gap_mm);

  PlacedLabel placed_;
  DevicePicture fixed_;  ///< static texts
  NumberStamps stamps_;
  bool encodes_;
  std::string setup_;
  std::string recall_;  ///< what every label begins with
};

}  // namespace nguon::labels
