#pragma once

#include "ledger/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Octets of a blob at most, as the schemas' `blob` says.
inline constexpr std::uint64_t max_blob_octets = 10'485'760;
inline constexpr std::uint32_t max_picture_side = 8192;
/// Decoding a progressive JPEG of so many pixels takes some 100 MiB, the most anything here does.
inline constexpr std::uint64_t max_picture_pixels = std::uint64_t{1} << 24;
/// Longer side of a thumbnail.
inline constexpr std::uint32_t thumbnail_side = 320;

inline constexpr std::string_view jpeg_type = "image/jpeg";
inline constexpr std::string_view webp_type = "image/webp";
inline constexpr std::string_view pdf_type = "application/pdf";

/// A decoded picture: rows from the top, three octets (sRGB) a pixel.
struct Picture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> rgb;
};

/// Whether the octets are what `type` claims, all of them and nothing else: a picture is decoded to
/// its last pixel under the limits above and holds no metadata; a PDF has its structure and nothing
/// that acts (README "What is checked"). Errors, all Errc::invalid: `blob.type` (no such type, or
/// begins like another), `blob.metadata`, `blob.trailing`, `blob.damaged`, `blob.pixels`,
/// `blob.active`.
ledger::Result<void> check_media(std::string_view type, std::string_view octets);

/// A small JPEG of a picture that passed check_media(), which says in itself of what it was
/// derived: its comment is `label`. Errors: `blob.thumbnail` (Errc::not_found) for what is no
/// picture; those of check_media().
ledger::Result<std::string> thumbnail_of(std::string_view type, std::string_view octets,
                                         const std::string& label);

}  // namespace nguon::server
