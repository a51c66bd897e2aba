#include "server/blobs/pdf.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace nguon::server {
namespace {

using ledger::invalid;
using ledger::Result;

// All object streams of a file together, unpacked; one of ten thousand objects takes some 1 MiB.
constexpr std::size_t max_unpacked = std::size_t{32} << 20;
constexpr std::size_t max_dictionary = 4096;
constexpr std::size_t max_streams = 20'000;
constexpr std::size_t end_octets = 1024;  // Where readers look for startxref.

/// By name what a reader would run, open, send or unpack; and encryption, which hides the rest.
/// `OpenAction` and `AA` stay, for they say when and these say what.
constexpr std::array<std::string_view, 11> acting = {
    "JavaScript", "Launch",     "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA",
    "SubmitForm", "ImportData", "Movie",        "Rendition",     "Encrypt"};

ledger::Error broken(const char* why) { return invalid("blob.damaged", {}, why); }

bool is_pdf_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}
bool is_pdf_delimiter(char c) {
  return is_pdf_blank(c) || std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The name that begins at `at`, after its slash, its #xx read (ISO 32000 §7.3.5); its first 32
/// octets, more than any that is looked for has.
std::string name_at(std::string_view text, std::size_t at) {
  std::string name;
  for (; at < text.size() && !is_pdf_delimiter(text[at]) && name.size() < 32; ++at) {
    const bool escaped = text[at] == '#' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
                         hex_digit(text[at + 2]) >= 0;
    if (escaped) {
      name += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else {
      name += text[at];
    }
  }
  return name;
}

bool holds_name(std::string_view text, std::string_view wanted) {
  for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    if (name_at(text, at + 1) == wanted) return true;
  }
  return false;
}

/// Wherever a slash stands, in streams too: a reader led there by a table would read it as a name,
/// and by chance none of these stands in packed data.
Result<void> check_names(std::string_view text) {
  for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    const std::string name = name_at(text, at + 1);
    if (std::ranges::find(acting, name) != acting.end()) return invalid("blob.active", {}, name);
  }
  return {};
}

/// The whole of a zlib stream; absent when it does not end, or is longer than `room`.
std::optional<std::string> unpack(std::string_view packed, std::size_t room) {
  std::string unpacked;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  std::array<char, 16384> piece;
  while (status == Z_OK && unpacked.size() <= room) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
    unpacked.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END || unpacked.size() > room) return std::nullopt;
  return unpacked;
}

ledger::Error unseen() {
  return invalid("blob.active", {}, "an object stream that cannot be looked into");
}

/// Names in an object stream, given its dictionary and what follows the word `stream`.
Result<void> check_object_stream(std::string_view dictionary, std::string_view packed,
                                 std::size_t& room) {
  if (!holds_name(dictionary, "Filter")) return {};  // Plain: its names were seen.
  std::size_t filters = 0;
  for (auto at = dictionary.find("Decode"); at != std::string_view::npos;
       at = dictionary.find("Decode", at + 1)) {
    ++filters;
  }
  // One way of packing, the one that all writers use; DecodeParms would be a second "Decode".
  if (!holds_name(dictionary, "FlateDecode") || filters != 1) return unseen();
  const auto unpacked = unpack(packed, room);
  if (!unpacked) return unseen();
  room -= unpacked->size();
  return check_names(*unpacked);
}

/// Object streams hold objects packed: their names are looked at like all others.
Result<void> check_object_streams(std::string_view octets) {
  constexpr std::string_view word = "stream";
  constexpr std::string_view end = "endstream";
  std::size_t room = max_unpacked;
  std::size_t streams = 0;
  for (auto at = octets.find(word); at != std::string_view::npos; at = octets.find(word, at + 1)) {
    std::string_view rest = octets.substr(at + word.size());
    const bool ends = at >= 3 && octets.substr(at - 3, 3) == "end";
    if (ends || rest.empty() || (rest[0] != '\r' && rest[0] != '\n')) continue;
    if (++streams > max_streams) return broken("too many streams");
    rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
    const std::string_view packed = rest.substr(0, rest.find(end));
    std::string_view before = octets.substr(0, at);
    before.remove_prefix(before.size() - std::min(before.size(), max_dictionary));
    const auto begin = before.rfind("obj");
    if (begin != std::string_view::npos) before.remove_prefix(begin);
    if (holds_name(before, "ObjStm")) {
      NGUON_CHECK(check_object_stream(before, packed, room));
    }
    // What lies in a stream is no stream, so each octet is unpacked once at most.
    at += word.size() + packed.size();
  }
  return {};
}

/// That the last cross-reference lies where the end of the file says.
Result<void> check_end(std::string_view octets) {
  while (!octets.empty() && is_pdf_blank(octets.back())) octets.remove_suffix(1);
  if (!octets.ends_with("%%EOF")) {
    return octets.find("%%EOF") == std::string_view::npos ? broken("no end")
                                                          : invalid("blob.trailing");
  }
  const auto last = octets.substr(octets.size() - std::min(octets.size(), end_octets));
  auto at = last.rfind("startxref");
  if (at == std::string_view::npos) return broken("startxref");
  at += std::string_view("startxref").size();
  while (at < last.size() && is_pdf_blank(last[at])) ++at;
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(last.data() + at, last.data() + last.size(), place);
  if (error != std::errc() || place >= octets.size()) return broken("startxref");
  const std::string_view there = octets.substr(place, 64);
  // A table, or a stream that is an object: "12 0 obj".
  const bool is_object =
      there.front() >= '0' && there.front() <= '9' && there.find(" obj") != std::string_view::npos;
  if (!there.starts_with("xref") && !is_object) return broken("startxref");
  return {};
}

}  // namespace

Result<void> check_pdf(std::string_view octets) {
  const bool versioned =
      octets.size() > 8 && (octets.starts_with("%PDF-1.") || octets.starts_with("%PDF-2.")) &&
      octets[7] >= '0' && octets[7] <= '7' && (octets[8] == '\r' || octets[8] == '\n');
  if (!versioned) return invalid("blob.type", "/type");
  NGUON_CHECK(check_end(octets));
  NGUON_CHECK(check_names(octets));
  return check_object_streams(octets);
}

}  // namespace nguon::server
