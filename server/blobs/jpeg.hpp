#pragma once

#include "server/blobs/media.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// The markers of a JPEG (ITU-T T.81 annex B) one after another, without decoding: nothing but what
/// the picture itself needs, from SOI to EOI with no octet after it. Errors: `blob.metadata` (APPn
/// but a bare JFIF and Adobe's, or a comment), `blob.trailing`, `blob.damaged`, `blob.pixels`.
ledger::Result<void> walk_jpeg(std::string_view octets);

/// Decodes all of it; with `at_least` above zero, at the smallest eighth whose longer side is no
/// shorter. Any warning of the decoder is an Error: `blob.damaged`, `blob.pixels`.
ledger::Result<Picture> decode_jpeg(std::string_view octets, std::uint32_t at_least = 0);

/// With a comment unless that is empty. Error: `blob.damaged` when the library fails, for want of
/// memory say.
ledger::Result<std::string> encode_jpeg(const Picture& picture, const std::string& comment);

}  // namespace nguon::server
