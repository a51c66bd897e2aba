#include "server/blobs/webp.hpp"

#include "server/blobs/octet_reader.hpp"

#include <webp/decode.h>

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::invalid;
using ledger::Result;

constexpr std::uint8_t alpha_flag = 0x10;
constexpr std::size_t extended_size = 10;

ledger::Error damaged_webp(const char* why) { return invalid("blob.damaged", {}, why); }

Result<void> check_extended(std::string_view body) {
  if (body.size() != extended_size) return damaged_webp("VP8X");
  const auto flags = static_cast<std::uint8_t>(body[0]);
  constexpr std::uint8_t animation_flag = 0x02;
  if ((flags & animation_flag) != 0) return damaged_webp("an animation");
  if ((flags & ~alpha_flag) != 0) return invalid("blob.metadata");
  return {};
}

}  // namespace

Result<void> walk_webp(std::string_view octets) {
  if (octets.size() < 12 || !octets.starts_with("RIFF") || octets.substr(8, 4) != "WEBP") {
    return invalid("blob.type", "/type");
  }
  const std::uint64_t told = std::uint64_t{little_endian_32(octets.substr(4))} + 8;
  if (told > octets.size()) return damaged_webp("ends before its end");
  if (told < octets.size()) return invalid("blob.trailing");
  OctetReader in(octets.substr(12));
  bool extended = false;
  bool alpha = false;
  for (int place = 0; !in.done(); ++place) {
    if (in.left() < 8) return damaged_webp("chunk");
    const std::string_view name = in.take(4);
    const std::size_t size = little_endian_32(in.take(4));
    const std::size_t padded = size + size % 2;
    if (padded > in.left()) return damaged_webp("chunk");
    const std::string_view body = in.take(padded).substr(0, size);
    if (name == "VP8X" && place == 0) {
      NGUON_CHECK(check_extended(body));
      extended = true;
    } else if (name == "ALPH" && extended && !alpha) {
      alpha = true;
    } else if (name == "VP8 " || (name == "VP8L" && !alpha)) {
      // The picture is the last chunk of all: what the format lets follow is metadata.
      if (in.done()) return {};
      return invalid("blob.metadata");
    } else {
      return invalid("blob.metadata");
    }
  }
  return damaged_webp("no picture");
}

Result<Picture> decode_webp(std::string_view octets, std::uint32_t at_most) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(octets.data());
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0 ||
      WebPGetFeatures(data, octets.size(), &config.input) != VP8_STATUS_OK ||
      config.input.has_animation != 0 || config.input.width < 1 || config.input.height < 1) {
    return damaged_webp("does not decode");
  }
  auto width = static_cast<std::uint32_t>(config.input.width);
  auto height = static_cast<std::uint32_t>(config.input.height);
  if (width > max_picture_side || height > max_picture_side ||
      std::uint64_t{width} * height > max_picture_pixels) {
    return invalid("blob.pixels");
  }
  if (const std::uint32_t longer = std::max(width, height); at_most > 0 && longer > at_most) {
    width = std::max(1U, width * at_most / longer);
    height = std::max(1U, height * at_most / longer);
    config.options.use_scaling = 1;
    config.options.scaled_width = static_cast<int>(width);
    config.options.scaled_height = static_cast<int>(height);
  }
  std::vector<std::uint8_t> rgba(std::size_t{width} * height * 4);
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {rgba.data(), static_cast<int>(width * 4), rgba.size()};
  if (WebPDecode(data, octets.size(), &config) != VP8_STATUS_OK) {
    return damaged_webp("does not decode");
  }
  Picture picture{width, height, std::vector<std::uint8_t>(std::size_t{width} * height * 3)};
  for (std::size_t i = 0; i < rgba.size() / 4; ++i) {
    const unsigned alpha = rgba[4 * i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const unsigned over_white = rgba[4 * i + c] * alpha + 255 * (255 - alpha);
      picture.rgb[3 * i + c] = static_cast<std::uint8_t>(over_white / 255);
    }
  }
  return picture;
}

}  // namespace nguon::server
