#pragma once

#include "labels/placed.hpp"
#include "labels/sink.hpp"

#include <memory>

namespace nguon::labels {

/// Labels as PDF 1.7 (ISO 32000-1), written as they come: vector modules, type as embedded outlines
/// that can be copied as text, what is the same on all labels once. Viewers are told to print at
/// 100 %. Memory: one page, and 16 octets for each page written. Bytes depend on the labels alone.
class PdfWriter {
 public:
  /// `placed` outlives the writer.
  PdfWriter(const PlacedLabel& placed, Sink sink);
  ~PdfWriter();
  PdfWriter(const PdfWriter&) = delete;
  PdfWriter& operator=(const PdfWriter&) = delete;

  /// Faults of label_symbol and label_bars; failed when the sink refused.
  Result<void> add(const LabelItem& item);
  /// The last page and the table of contents; a document without labels has one empty page.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nguon::labels
