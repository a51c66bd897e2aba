#pragma once

#include <zlib.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::server {

/// What zlib's own reader makes of a gzip file, header, blocks, length and checksum; else "broken".
inline std::string unpacked(std::string_view file) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return "broken";
  std::string text(std::size_t{2} << 20U, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(file.data()));
  stream.avail_in = static_cast<uInt>(file.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int done = inflate(&stream, Z_FINISH);
  const bool whole = done == Z_STREAM_END && stream.avail_in == 0;
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return whole ? text : "broken";
}

}  // namespace nguon::server
