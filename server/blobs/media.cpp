#include "server/blobs/media.hpp"

#include "server/blobs/jpeg.hpp"
#include "server/blobs/pdf.hpp"
#include "server/blobs/webp.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

/// Each pixel the mean of those it stands for.
Picture shrink(const Picture& from, std::uint32_t longest) {
  const std::uint32_t longer = std::max(from.width, from.height);
  if (longer <= longest) return from;
  const auto scaled = [&](std::uint32_t side) {
    return std::max(1U, static_cast<std::uint32_t>(std::uint64_t{side} * longest / longer));
  };
  Picture to{scaled(from.width), scaled(from.height), {}};
  to.rgb.reserve(std::size_t{to.width} * to.height * 3);
  for (std::uint32_t y = 0; y < to.height; ++y) {
    const std::size_t top = std::size_t{y} * from.height / to.height;
    const std::size_t bottom = std::max(top + 1, std::size_t{y + 1} * from.height / to.height);
    for (std::uint32_t x = 0; x < to.width; ++x) {
      const std::size_t left = std::size_t{x} * from.width / to.width;
      const std::size_t right = std::max(left + 1, std::size_t{x + 1} * from.width / to.width);
      for (std::size_t c = 0; c < 3; ++c) {
        std::uint64_t sum = 0;
        for (std::size_t v = top; v < bottom; ++v) {
          for (std::size_t u = left; u < right; ++u) sum += from.rgb[(v * from.width + u) * 3 + c];
        }
        to.rgb.push_back(static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left))));
      }
    }
  }
  return to;
}

}  // namespace

ledger::Result<void> check_media(std::string_view type, std::string_view octets) {
  if (type == pdf_type) return check_pdf(octets);
  if (type == jpeg_type) {
    NGUON_CHECK(walk_jpeg(octets));
    NGUON_CHECK(decode_jpeg(octets));
    return {};
  }
  if (type == webp_type) {
    NGUON_CHECK(walk_webp(octets));
    NGUON_CHECK(decode_webp(octets));
    return {};
  }
  return ledger::invalid("blob.type", "/type");
}

ledger::Result<std::string> thumbnail_of(std::string_view type, std::string_view octets,
                                         const std::string& label) {
  if (type == jpeg_type) {
    NGUON_TRY(const Picture picture, decode_jpeg(octets, thumbnail_side));
    return encode_jpeg(shrink(picture, thumbnail_side), label);
  }
  if (type == webp_type) {
    NGUON_TRY(const Picture picture, decode_webp(octets, thumbnail_side));
    return encode_jpeg(picture, label);
  }
  return ledger::Error{ledger::Errc::not_found, "blob.thumbnail", {}, {}};
}

}  // namespace nguon::server
