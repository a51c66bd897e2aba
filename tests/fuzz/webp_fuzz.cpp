// A photo from outside: its chunks, its pixels, its thumbnail.
#include "server/blobs/webp.hpp"

#include <cstdlib>
#include <string_view>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto walked = walk_webp(octets);
  const auto decoded = decode_webp(octets);
  if (!walked || !decoded) return 0;
  if (decoded->width > max_picture_side || decoded->height > max_picture_side ||
      decoded->rgb.size() != std::size_t{decoded->width} * decoded->height * 3) {
    std::abort();
  }
  if (!thumbnail_of(webp_type, octets, "x")) std::abort();
  return 0;
}
