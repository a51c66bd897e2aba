#pragma once

#include "labels/fault.hpp"

#include <optional>
#include <string>

namespace nguon::labels {

/// What one 50 × 30 mm label says. Names are UTF-8, at most 200 octets, without control or
/// formatting characters; long ones are wrapped, then shrunk, then cut with an ellipsis.
struct LabelText {
  std::string url;                  ///< what the QR holds: serial_link or product_link
  std::string product;              ///< not empty
  std::string coop;                 ///< not empty
  std::string lot;                  ///< labels/gtin.hpp read_lot
  std::string serial;               ///< canonical or typed; printed in groups, never cut
  std::string host;                 ///< short host to type by hand, `txng.example`
  std::optional<std::string> ocop;  ///< `OCOP 4 sao`; absent when nothing may be claimed
  bool demo = false;                ///< prints “dữ liệu mẫu”
};

/// Dots per inch of the printer: 100..1200 (out_of_range). The QR's modules are whole dots of it.
inline constexpr int default_dpi = 203;

/// One page of PDF with embedded subset of Noto Sans and the QR as a one-bit mask.
/// bad_text, does_not_fit (the QR), any fault of read_lot, read_serial or encode_qr, failed.
/// Safe from any number of threads.
Result<std::string> label_pdf(const LabelText& text, int dpi = default_dpi);

/// The same label as PNG, one pixel a dot.
Result<std::string> label_png(const LabelText& text, int dpi = default_dpi);

}  // namespace nguon::labels
