#pragma once

#include "labels/fault.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// Error correction (ISO/IEC 18004): about 7, 15, 25, 30 % of the codewords may be lost.
enum class QrLevel { l, m, q, h };

/// Light modules that must stay free on every side of a symbol (ISO/IEC 18004 §6.3.8).
inline constexpr int quiet_zone = 4;

/// A QR Model 2 symbol without its quiet zone.
struct QrModules {
  int size = 0;                    ///< modules a side: 21, 25, … 177
  std::vector<std::uint8_t> dark;  ///< size·size, row by row from the top left; 1 = dark
  bool at(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) +
                static_cast<std::size_t>(x)] != 0;
  }
  bool operator==(const QrModules&) const = default;
};

/// The smallest symbol that holds `text` (printable ASCII, as every link of ours is); the library
/// chooses the segments. `version`: the smallest allowed, 1..40, so that all symbols of a print run
/// are one size; 0 for none. bad_symbol, bad_length when empty, does_not_fit, failed.
Result<QrModules> encode_qr(std::string_view text, QrLevel level = QrLevel::m, int version = 0);

/// A self-contained SVG element with quiet zone, one unit a module, scaled by whoever shows it.
/// `title` is read out by screen readers; it is escaped here.
std::string qr_svg(const QrModules& modules, std::string_view title);

/// PNG octets, one bit a pixel, quiet zone included; `pixels` a module: 1..64 (out_of_range).
Result<std::string> qr_png(const QrModules& modules, int pixels);

}  // namespace nguon::labels
