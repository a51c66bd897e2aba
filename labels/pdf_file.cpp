#include "labels/pdf_file.hpp"

#include <glib.h>
#include <zlib.h>

#include <charconv>
#include <cstdio>
#include <utility>

namespace nguon::labels {
namespace {

// Level 1: modules pack to a fifth at any level, and paper waits for the processor.
constexpr int deflate_level = 1;

}  // namespace

std::string pdf_number(double value, int digits) {
  char room[64];
  const auto end = std::to_chars(room, room + sizeof room, value, std::chars_format::fixed, digits);
  std::string out(room, end.ptr);
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out == "-0" ? "0" : out;
}

std::string pdf_utf16(std::string_view utf8) {
  std::string out;
  glong count = 0;
  gunichar2* const units =
      g_utf8_to_utf16(utf8.data(), static_cast<glong>(utf8.size()), nullptr, &count, nullptr);
  for (glong i = 0; i < count; ++i) {
    char hex[5];
    std::snprintf(hex, sizeof hex, "%04X", static_cast<unsigned>(units[i]));
    out += hex;
  }
  g_free(units);
  return out;
}

std::string pdf_text(std::string_view utf8) { return "<FEFF" + pdf_utf16(utf8) + ">"; }

struct PdfFile::Deflater {
  z_stream stream{};
  bool good = deflateInit(&stream, deflate_level) == Z_OK;
  Deflater() = default;
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream); }

  bool pack(std::string_view content, std::string& out) {
    if (!good || deflateReset(&stream) != Z_OK) return false;
    out.resize(deflateBound(&stream, static_cast<uLong>(content.size())));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return false;
    out.resize(out.size() - stream.avail_out);
    return true;
  }
};

PdfFile::PdfFile(Sink sink) : sink_(std::move(sink)), deflater_(std::make_unique<Deflater>()) {
  // The comment's high octets tell programs that copy files that this is not text (§7.5.2).
  put("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
}

PdfFile::~PdfFile() = default;

void PdfFile::put(std::string_view octets) {
  if (!good_) return;
  good_ = sink_(octets);
  written_ += octets.size();
}

int PdfFile::reserve() {
  offsets_.push_back(0);
  return static_cast<int>(offsets_.size());
}

void PdfFile::begin(int number) {
  offsets_[static_cast<std::size_t>(number) - 1] = written_;
  put(std::to_string(number) + " 0 obj\n");
}

void PdfFile::object(int number, std::string_view body) {
  begin(number);
  put(body);
  put("\nendobj\n");
}

void PdfFile::stream(int number, std::string_view entries, std::string_view content) {
  if (!deflater_->pack(content, packed_)) {
    good_ = false;
    return;
  }
  begin(number);
  std::string head = "<<";
  head += entries;
  head += "/Length " + std::to_string(packed_.size()) + "/Filter/FlateDecode>>stream\n";
  put(head);
  put(packed_);
  put("\nendstream\nendobj\n");
}

void PdfFile::close(int catalog, int info) {
  const std::uint64_t table = written_;
  const std::string count = std::to_string(offsets_.size() + 1);
  put("xref\n0 " + count + "\n0000000000 65535 f \n");
  std::string lines;
  for (const auto offset : offsets_) {
    char line[32];
    const int length = std::snprintf(line, sizeof line, "%010llu 00000 n \n",
                                     static_cast<unsigned long long>(offset));
    lines.append(line, static_cast<std::size_t>(length));
    if (lines.size() > 60'000) {
      put(lines);
      lines.clear();
    }
  }
  put(lines);
  put("trailer\n<</Size " + count + "/Root " + std::to_string(catalog) + " 0 R/Info " +
      std::to_string(info) + " 0 R>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n");
}

}  // namespace nguon::labels
