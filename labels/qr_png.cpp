#include "labels/png_writer.hpp"
#include "labels/qr.hpp"

namespace nguon::labels {

Result<std::string> qr_png(const QrModules& modules, int pixels) {
  if (pixels < 1 || pixels > 64) return Fault::out_of_range;
  GreyImage image;
  image.bits = 1;
  image.width = image.height = (modules.size + 2 * quiet_zone) * pixels;
  const std::size_t stride = image.stride();
  image.pixels.assign(stride * static_cast<std::size_t>(image.height), 0xff);
  for (int y = 0; y < image.height; ++y) {
    const int row = y / pixels - quiet_zone;
    if (row < 0 || row >= modules.size) continue;
    for (int x = 0; x < image.width; ++x) {
      const int column = x / pixels - quiet_zone;
      if (column < 0 || column >= modules.size || !modules.at(column, row)) continue;
      auto& octet =
          image.pixels[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)];
      octet = static_cast<std::uint8_t>(octet & ~(0x80u >> (x % 8)));
    }
  }
  return write_png(image);
}

}  // namespace nguon::labels
