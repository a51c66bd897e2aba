#pragma once

#include "labels/placed.hpp"
#include "labels/sink.hpp"

#include <string>

namespace nguon::labels {

/// Labels as CSV (RFC 4180, ASCII) for outside printers: number as printed, link of the QR.
/// No value holds a comma or a quote. Memory: one buffer.
class CsvWriter {
 public:
  explicit CsvWriter(Sink sink);
  /// failed when the sink refused.
  Result<void> add(const LabelItem& item);
  Result<void> finish();

 private:
  Result<void> flush();
  Sink sink_;
  std::string waiting_;
};

}  // namespace nguon::labels
