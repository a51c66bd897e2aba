// A photo from outside: its markers, its pixels, its thumbnail.
#include "server/blobs/jpeg.hpp"

#include <cstdlib>
#include <string_view>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  // The decoder has to hold alone, too: markers that one of them reads otherwise must not matter.
  const auto walked = walk_jpeg(octets);
  const auto decoded = decode_jpeg(octets);
  if (!walked || !decoded) return 0;
  if (decoded->width > max_picture_side || decoded->height > max_picture_side ||
      decoded->rgb.size() != std::size_t{decoded->width} * decoded->height * 3) {
    std::abort();
  }
  const auto small = thumbnail_of(jpeg_type, octets, "x");
  if (!small || !decode_jpeg(*small)) std::abort();
  return 0;
}
