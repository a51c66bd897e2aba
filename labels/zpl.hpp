#pragma once

#include "labels/device_parts.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nguon::labels {

/// Labels of one job for printers that speak ZPL II: what is the same on all of them goes over
/// once, as a picture in a stored format; a label recalls it and adds its link and numbers
/// (labels/FORMAT.md §8). A plain value: any thread may read it.
class ZplWriter {
 public:
  /// `any`: any label of the job. bad_order for a layout of sheets; failed.
  static Result<ZplWriter> make(PlacedLabel placed, const LabelItem& any,
                                Drawing drawing = Drawing::printer);

  /// To be sent before the first label and again whenever the printer may have forgotten it.
  const std::string& setup() const { return setup_; }

  /// One label, once on paper. bad_symbol, and faults of label_symbol and number_picture.
  Result<std::string> label(const LabelItem& item) const;

  /// Whether the printer encodes the QR by itself.
  bool printer_encodes() const { return encodes_; }

 private:
  ZplWriter(PlacedLabel placed, Drawing drawing, bool encodes)
      : placed_(std::move(placed)), drawing_(drawing), encodes_(encodes) {}
  Result<void> append_setup();

  PlacedLabel placed_;
  Drawing drawing_;
  bool encodes_;
  std::vector<std::size_t> lengths_;  ///< of a label's numbers: the same on all
  NumberStamps stamps_;               ///< none where the printer draws numbers
  std::string setup_;
};

}  // namespace nguon::labels
