#pragma once

#include "labels/fault.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::labels {

/// A greyscale picture ready to be written. Private to the room.
struct GreyImage {
  int width = 0;
  int height = 0;
  int bits = 8;                      ///< a pixel: 8, or 1 with the leftmost in the top bit
  int dpi = 0;                       ///< written as physical size when not 0
  std::vector<std::uint8_t> pixels;  ///< rows of whole octets, 0 = black
  std::size_t stride() const {
    return (static_cast<std::size_t>(width) * static_cast<std::size_t>(bits) + 7) / 8;
  }
};

/// PNG octets; failed when memory runs out.
Result<std::string> write_png(const GreyImage& image);

}  // namespace nguon::labels
