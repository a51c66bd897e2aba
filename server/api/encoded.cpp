#include "server/api/encoded.hpp"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The part before `mark`, trimmed; `text` goes on after it.
std::string_view take(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const std::string_view part = trimmed(text.substr(0, end));
  text = end == text.npos ? std::string_view() : text.substr(end + 1);
  return part;
}

bool names_gzip(std::string_view coding) {
  constexpr std::string_view gzip_name = "gzip";
  if (coding.size() > 2 && (coding[0] | 0x20) == 'x' && coding[1] == '-') coding.remove_prefix(2);
  return std::ranges::equal(coding, gzip_name, [](char a, char b) { return (a | 0x20) == b; });
}

/// `q=0`, `q=0.0` and so on say never; every other weight, also a broken one, says yes.
bool weight_is_zero(std::string_view parameters) {
  const std::string_view weight = trimmed(parameters);
  if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return false;
  const std::string_view value = weight.substr(2);
  return value.starts_with('0') && value.find_first_not_of("0.") == value.npos;
}

/// zlib: 15 bits of window, and 16 for a gzip header, which zlib writes without time or name.
constexpr int gzip_window = 15 + 16;
constexpr int memory_level = 8;
/// Level 1 gives nine tenths of what level 6 gives on base64, in a third of the time.
constexpr int level = 1;


}  // namespace

std::string accept_encoding(const Request& request) {
  return std::string(request.headers.find("Accept-Encoding").value_or(""));
}

bool takes_gzip(std::string_view accept_encoding) {
  std::optional<bool> named, any;
  while (!accept_encoding.empty()) {
    std::string_view item = take(accept_encoding, ',');
    const std::string_view coding = take(item, ';');
    const bool wanted = !weight_is_zero(item);
    if (names_gzip(coding)) named = wanted;
    if (coding == "*") any = wanted;
  }
  return named.value_or(any.value_or(false));
}

std::optional<std::string> gzip(std::string_view octets) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return std::nullopt;
  }
  std::string packed(deflateBound(&stream, octets.size()), '\0');
  // zlib reads through this pointer and never writes; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(octets.data()));
  stream.avail_in = static_cast<uInt>(octets.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (!done) return std::nullopt;
  return packed;
}

Response encoded(std::string_view accept_encoding, Response response) {
  if (response.status != 200) return response;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!takes_gzip(accept_encoding)) return response;
  auto packed = gzip(response.body_view());
  if (!packed || packed->size() >= response.body_view().size()) return response;
  response.body = std::move(*packed);
  response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace nguon::server
