#include "server/shell/assets.hpp"

#include "server/shell_assets.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace nguon::server {
namespace {

/// 15 bits of window, and 16: a gzip header comes first.
constexpr int unpacked_window = 15 + 16;

std::string unpacked(std::string_view gzip) {
  z_stream stream{};
  if (inflateInit2(&stream, unpacked_window) != Z_OK) throw std::logic_error("zlib");
  // zlib reads through this pointer and never writes; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  std::string octets;
  std::array<char, 16 * 1024> piece{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    octets.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::logic_error("an embedded file is cut");
  return octets;
}

}  // namespace

Assets::Assets() {
  for (const EmbeddedAsset& one : embedded_assets) {
    all_.push_back({one.name, one.path, one.type, one.lasting,
                    std::make_shared<const std::string>(unpacked(one.gzip)),
                    std::make_shared<const std::string>(one.gzip)});
  }
}

const Asset* Assets::named(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Asset::name);
  return found == all_.end() ? nullptr : &*found;
}

const Asset* Assets::at(std::string_view path) const {
  const auto found = std::ranges::find(all_, path, &Asset::path);
  return found == all_.end() ? nullptr : &*found;
}

}  // namespace nguon::server
