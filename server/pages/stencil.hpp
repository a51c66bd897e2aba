#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// A document that differs from its sisters only in a few places, compressed once. A market's
/// labels all show the page of their batch and differ in the serial: copying the prepared gzip
/// around the serial costs a thousandth of compressing the page again for each of them.
///
/// The holes stand in the gzip as stored blocks (RFC 1951 §3.2.4), so they are filled by copying;
/// the text around them is one deflate stream that still finds what it said before a hole. CRC-32s
/// of the pieces are joined by zlib's combination operator. Immutable; any thread.
class Stencil {
 public:
  /// Cuts holes where `marks` stand in `document`, the longest where several begin. A mark is as
  /// long as what will fill it, 1 to 65,535 octets, and is written in an ink: an octet that stands
  /// at both its ends, beside each of its other octets, and nowhere in the document but in marks. A
  /// document may hold a mark several times or never. Absent when a mark breaks this, the document
  /// is over 1 MiB, or zlib fails.
  static std::optional<Stencil> cut(std::string_view document,
                                    std::span<const std::string_view> marks);

  /// The document with `values[i]` where `marks[i]` stood; each has its mark's length, which the
  /// caller answers for (asserted).
  std::string plain(std::span<const std::string_view> values) const;
  /// The same as a gzip file of one member (RFC 1952), without time or name. Equal values give
  /// equal octets.
  std::string gzip(std::span<const std::string_view> values) const;

  /// Octets it keeps in memory.
  std::size_t footprint() const;

 private:
  /// Text up to a hole, or up to the end, and the hole's number in `marks`.
  struct Piece {
    std::string text;
    std::string packed;  ///< Deflate blocks of it, then the header of the hole's stored block.
    std::uint32_t crc = 0;
    std::uint32_t crc_step = 0;  ///< crc32_combine_gen of the text's length.
    std::size_t hole = none;
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::vector<Piece> pieces_;
  std::size_t plain_size_ = 0, gzip_size_ = 0;
};

}  // namespace nguon::server
