#include "server/reports/photo.hpp"

#include "server/blobs/jpeg.hpp"

#include <cstdint>

namespace nguon::server {
namespace {

constexpr std::uint32_t longer_side = 1280;

constexpr int start_of_scan = 0xda;
constexpr int end_of_image = 0xd9;
constexpr int adobe = 0xee;

bool is_restart(int marker) { return marker >= 0xd0 && marker <= 0xd7; }
/// What a picture is drawn without: application segments but Adobe's, which tells how colours are
/// written, and comments.
bool is_left_out(int marker) {
  return (marker >= 0xe0 && marker <= 0xef && marker != adobe) || marker == 0xfe;
}

/// The picture alone, up to its end; cameras hang more pictures and films on behind. Whatever does
/// not add up is the decoder's to refuse, which sees all that is left.
std::string bare_jpeg(std::string_view in) {
  std::string out;
  if (!in.starts_with("\xff\xd8")) return out;
  out.reserve(in.size());
  out += in.substr(0, 2);
  std::size_t at = 2;
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(in[i]); };
  while (at + 4 <= in.size() && octet(at) == 0xff) {
    const int marker = octet(at + 1);
    const std::size_t size = 2 + (std::size_t{octet(at + 2)} << 8 | octet(at + 3));
    if (size < 4 || at + size > in.size()) return {};
    if (!is_left_out(marker)) out += in.substr(at, size);
    at += size;
    if (marker != start_of_scan) continue;
    std::size_t end = at;
    while (end + 1 < in.size() &&
           (octet(end) != 0xff || octet(end + 1) == 0 || is_restart(octet(end + 1)))) {
      ++end;
    }
    if (end + 1 >= in.size()) return {};
    out += in.substr(at, end - at);
    at = end;
    if (octet(at + 1) == end_of_image) return out += in.substr(at, 2);
  }
  return {};
}

}  // namespace

ledger::Result<std::string> clean_photo(std::string_view octets) {
  const auto refused = ledger::invalid("report.photo", "/photo");
  if (octets.size() > max_report_photo) return refused;
  const std::string bare = bare_jpeg(octets);
  if (bare.empty() || !walk_jpeg(bare)) return refused;
  const auto picture = decode_jpeg(bare, longer_side);
  if (!picture) return refused;
  auto drawn = encode_jpeg(*picture, {});
  if (!drawn) return refused;
  return std::move(*drawn);
}

}  // namespace nguon::server
