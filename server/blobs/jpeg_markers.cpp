#include "server/blobs/jpeg.hpp"
#include "server/blobs/octet_reader.hpp"

namespace nguon::server {
namespace {

using ledger::invalid;
using ledger::Result;
using namespace std::string_view_literals;

// Enough for any encoder; each scan of a progressive picture is a pass over all of it.
constexpr int max_jpeg_scans = 64;

enum Marker : std::uint8_t {
  sof0 = 0xc0,
  sof1 = 0xc1,
  sof2 = 0xc2,
  dht = 0xc4,
  rst0 = 0xd0,
  rst7 = 0xd7,
  soi = 0xd8,
  eoi = 0xd9,
  sos = 0xda,
  dqt = 0xdb,
  dri = 0xdd,
  app0 = 0xe0,
  app14 = 0xee,
  app15 = 0xef,
  com = 0xfe,
};

ledger::Error damaged(const char* why) { return invalid("blob.damaged", {}, why); }

/// What an application segment may be: JFIF without its thumbnail, and Adobe's, which says how the
/// colours are written. Neither has room for anything else.
bool is_bare(std::uint8_t marker, std::string_view body) {
  if (marker == app0) {
    return body.size() == 14 && body.starts_with("JFIF\0"sv) && body.substr(12) == "\0\0"sv;
  }
  return marker == app14 && body.size() == 12 && body.starts_with("Adobe"sv);
}

Result<void> check_frame(std::string_view body) {
  if (body.size() < 6) return damaged("frame header");
  const std::uint32_t height = big_endian_16(body.substr(1));
  const std::uint32_t width = big_endian_16(body.substr(3));
  const int components = body[5];
  if (body[0] != 8 || (components != 1 && components != 3))
    return damaged("no 8-bit grey or colour");
  // A height of 0 is told after the first scan (DNL), which no camera writes.
  if (width == 0 || height == 0) return damaged("no size");
  if (width > max_picture_side || height > max_picture_side ||
      std::uint64_t{width} * height > max_picture_pixels) {
    return invalid("blob.pixels");
  }
  return {};
}

/// Passes over the entropy-coded octets of a scan, to the next marker that ends it.
void skip_scan(OctetReader& in) {
  while (!in.done()) {
    if (in.octet() != 0xff) continue;
    if (in.done()) return;
    const std::uint8_t next = in.peek();
    if (next == 0 || (next >= rst0 && next <= rst7)) {
      in.octet();
      continue;
    }
    if (next != 0xff) return;
  }
}

}  // namespace

Result<void> walk_jpeg(std::string_view octets) {
  if (!octets.starts_with("\xff\xd8\xff")) return invalid("blob.type", "/type");
  OctetReader in(octets);
  in.take(2);
  int frames = 0;
  int scans = 0;
  bool after_scan = false;  // skip_scan() has read the FF of the marker.
  while (!in.done()) {
    if (!after_scan && in.octet() != 0xff) return damaged("no marker where one has to be");
    after_scan = false;
    while (!in.done() && in.peek() == 0xff) in.octet();  // fill
    if (in.done()) break;
    const std::uint8_t marker = in.octet();
    if (marker == eoi) {
      if (scans == 0) return damaged("no picture");
      if (!in.done()) return invalid("blob.trailing");
      return {};
    }
    if (in.left() < 2) break;
    const std::uint32_t length = big_endian_16(in.take(2));
    if (length < 2 || length - 2 > in.left()) break;
    const std::string_view body = in.take(length - 2);
    if (marker == com || (marker >= app0 && marker <= app15)) {
      if (!is_bare(marker, body)) return invalid("blob.metadata");
      continue;
    }
    switch (marker) {
      case sof0:
      case sof1:
      case sof2: {
        if (++frames > 1) return damaged("two frames");
        NGUON_CHECK(check_frame(body));
        break;
      }
      case sos:
        if (frames == 0) return damaged("a scan before the frame");
        if (++scans > max_jpeg_scans) return damaged("too many scans");
        skip_scan(in);
        after_scan = true;
        break;
      case dht:
      case dqt:
      case dri:
        break;
      default:
        return damaged("a marker of no baseline or progressive picture");
    }
  }
  return damaged("ends before its end");
}

}  // namespace nguon::server
