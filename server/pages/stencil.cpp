#include "server/pages/stencil.hpp"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t max_document = std::size_t{1} << 20U;
constexpr std::size_t max_stored = 0xFFFF;  // RFC 1951 §3.2.4: LEN has two octets.
constexpr int raw_window = -15;             // zlib: no header of its own around the blocks.
constexpr int most_memory = 9;
/// RFC 1952 §2.3: deflate, no flags, no time, best compression, unknown system.
constexpr std::string_view gzip_header("\x1F\x8B\x08\0\0\0\0\0\x02\xFF", 10);
constexpr std::size_t gzip_trailer = 8;

const Bytef* octets_of(std::string_view text) {
  return reinterpret_cast<const Bytef*>(text.data());
}

void append_little(std::string& to, std::uint32_t value, int octets) {
  for (int i = 0; i < octets; ++i) to += static_cast<char>(value >> (8 * i) & 0xFFU);
}

/// One deflate stream that is told of octets somebody else wrote into it.
class Packer {
 public:
  Packer() {
    ready_ = deflateInit2(&stream_, Z_BEST_COMPRESSION, Z_DEFLATED, raw_window, most_memory,
                          Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Packer() {
    if (ready_) deflateEnd(&stream_);
  }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  bool ready() const { return ready_; }

  /// Blocks that end on an octet, or with the stream's end.
  std::optional<std::string> pack(std::string_view text, bool last) {
    if (text.empty() && !last) return std::string();  // Still on an octet; zlib calls it an error.
    // A flush may add a block of five octets to each of those that deflateBound() counts.
    std::string packed(deflateBound(&stream_, text.size()) + 64, '\0');
    stream_.next_in = const_cast<Bytef*>(octets_of(text));  // zlib never writes through it.
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    const int done = deflate(&stream_, last ? Z_FINISH : Z_SYNC_FLUSH);
    if (done != (last ? Z_STREAM_END : Z_OK) || stream_.avail_in != 0 || stream_.avail_out == 0) {
      return std::nullopt;
    }
    packed.resize(packed.size() - stream_.avail_out);
    return packed;
  }

  /// Puts a hole's octets into the window, so that distances across it are right. Nothing after it
  /// can match them: a match has three octets, and of any three with one in a hole one is ink.
  bool pass(std::string_view mark) {
    return deflateSetDictionary(&stream_, octets_of(mark), static_cast<uInt>(mark.size())) == Z_OK;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

struct NextHole {
  std::size_t at = std::string_view::npos;
  std::size_t mark = 0;
  std::size_t size = 0;
};

/// Its ink at both ends and never two other octets side by side.
bool is_mark(std::string_view mark) {
  if (mark.empty() || mark.size() > max_stored || mark.back() != mark.front()) return false;
  for (std::size_t i = 1; i < mark.size(); ++i) {
    if (mark[i] != mark.front() && mark[i - 1] != mark.front()) return false;
  }
  return true;
}

NextHole next_hole(std::string_view document, std::size_t from,
                   std::span<const std::string_view> marks) {
  NextHole next;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const auto at = document.find(marks[i], from);
    const bool longer = at == next.at && at != document.npos && marks[i].size() > next.size;
    if (at < next.at || longer) next = {at, i, marks[i].size()};
  }
  return next;
}

std::string stored_header(std::size_t size) {
  std::string header(1, '\0');  // Not the last block; stored; the rest of the octet is padding.
  append_little(header, static_cast<std::uint32_t>(size), 2);
  append_little(header, ~static_cast<std::uint32_t>(size), 2);
  return header;
}

}  // namespace

std::optional<Stencil> Stencil::cut(std::string_view document,
                                    std::span<const std::string_view> marks) {
  if (document.size() > max_document || !std::ranges::all_of(marks, is_mark)) return std::nullopt;
  std::string inks;
  for (const auto mark : marks) inks += mark.front();
  Packer packer;
  if (!packer.ready()) return std::nullopt;
  Stencil stencil;
  std::size_t at = 0;
  for (;;) {
    const NextHole hole = next_hole(document, at, marks);
    const bool last = hole.at == std::string_view::npos;
    Piece piece;
    piece.text = std::string(document.substr(at, last ? std::string_view::npos : hole.at - at));
    if (piece.text.find_first_of(inks) != piece.text.npos) return std::nullopt;
    auto packed = packer.pack(piece.text, last);
    if (!packed) return std::nullopt;
    piece.packed = std::move(*packed);
    piece.crc = static_cast<std::uint32_t>(
        crc32(0, octets_of(piece.text), static_cast<uInt>(piece.text.size())));
    piece.crc_step =
        static_cast<std::uint32_t>(crc32_combine_gen(static_cast<z_off_t>(piece.text.size())));
    stencil.plain_size_ += piece.text.size();
    if (!last) {
      const std::string_view mark = marks[hole.mark];
      piece.hole = hole.mark;
      piece.packed += stored_header(mark.size());
      if (!packer.pass(mark)) return std::nullopt;
      stencil.plain_size_ += mark.size();
      stencil.gzip_size_ += mark.size();
      at = hole.at + mark.size();
    }
    stencil.gzip_size_ += piece.packed.size();
    stencil.pieces_.push_back(std::move(piece));
    if (last) break;
  }
  stencil.gzip_size_ += gzip_header.size() + gzip_trailer;
  return stencil;
}

std::string Stencil::plain(std::span<const std::string_view> values) const {
  std::string document;
  document.reserve(plain_size_);
  for (const Piece& piece : pieces_) {
    document += piece.text;
    if (piece.hole != none) document += values[piece.hole];
  }
  assert(document.size() == plain_size_);
  return document;
}

std::string Stencil::gzip(std::span<const std::string_view> values) const {
  std::string file;
  file.reserve(gzip_size_);
  file += gzip_header;
  uLong crc = 0;
  for (const Piece& piece : pieces_) {
    file += piece.packed;
    crc = crc32_combine_op(crc, piece.crc, piece.crc_step);
    if (piece.hole == none) continue;
    const std::string_view value = values[piece.hole];
    file += value;
    crc = crc32(crc, octets_of(value), static_cast<uInt>(value.size()));
  }
  append_little(file, static_cast<std::uint32_t>(crc), 4);
  append_little(file, static_cast<std::uint32_t>(plain_size_), 4);
  assert(file.size() == gzip_size_);
  return file;
}

std::size_t Stencil::footprint() const {
  std::size_t octets = sizeof *this;
  for (const Piece& piece : pieces_) {
    octets += sizeof piece + piece.text.capacity() + piece.packed.capacity();
  }
  return octets;
}

}  // namespace nguon::server
