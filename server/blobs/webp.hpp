#pragma once

#include "server/blobs/media.hpp"

#include <string_view>

namespace nguon::server {

/// The chunks of a still WebP (RFC 9649 §2) one after another, without decoding. Errors:
/// `blob.metadata` (ICCP, EXIF, XMP and chunks of no known name), `blob.trailing`, `blob.damaged`
/// (animations too).
ledger::Result<void> walk_webp(std::string_view octets);

/// Decodes all of it; with `at_most` above zero, scaled so that the longer side is no longer.
/// What is transparent lies on white. Errors: `blob.damaged`, `blob.pixels`.
ledger::Result<Picture> decode_webp(std::string_view octets, std::uint32_t at_most = 0);

}  // namespace nguon::server
