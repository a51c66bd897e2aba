#pragma once

#include "ledger/keys/sha256.hpp"
#include "server/blobs/blob_name.hpp"
#include "server/blobs/media.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::tests {

/// A drawn picture that differs by `seed`: colours that run into each other, and a square.
server::Picture drawn(std::uint32_t width, std::uint32_t height, unsigned seed = 1);

/// Made by the libraries' own encoders, and not by what is tested.
std::string jpeg_of(const server::Picture& picture, bool progressive = false);
std::string webp_of(const server::Picture& picture, bool lossless = false);
/// A PDF of one page that draws nothing; `extra` are further objects, as they stand.
std::string pdf_of(std::string_view extra = {});
/// An object stream of `objects`, packed by zlib.
std::string object_stream(std::string_view objects);

/// Octets put into a JPEG before its first table: a marker FF `code` and `body`.
std::string with_segment(const std::string& jpeg, unsigned char code, std::string_view body);
/// A chunk put behind the picture of a WebP, and the file's length made to agree.
std::string with_chunk(std::string webp, std::string_view name, std::string_view body);

inline server::BlobName name_of(const std::string& octets, std::string_view type) {
  return {ledger::sha256(octets), octets.size(), std::string(type)};
}

}  // namespace nguon::tests
