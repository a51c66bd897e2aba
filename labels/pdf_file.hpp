#pragma once

#include "labels/fault.hpp"
#include "labels/sink.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// A number as PDF writes it: at most `digits` decimals, no exponent. Private to the room.
std::string pdf_number(double value, int digits = 4);
/// A text string in UTF-16 with its mark, as hexadecimal.
std::string pdf_text(std::string_view utf8);
/// The same without the mark or brackets.
std::string pdf_utf16(std::string_view utf8);

/// The objects of a PDF in the order they are finished, and the table that finds them. Private to
/// the room.
class PdfFile {
 public:
  explicit PdfFile(Sink sink);
  ~PdfFile();
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  /// A number for an object to be written later.
  int reserve();
  void object(int number, std::string_view body);
  /// Deflated. `entries`: of its dictionary besides length and filter.
  void stream(int number, std::string_view entries, std::string_view content);
  void close(int catalog, int info);
  /// False for ever once the sink refused or memory ran out.
  bool good() const { return good_; }

 private:
  struct Deflater;
  void put(std::string_view octets);
  void begin(int number);

  Sink sink_;
  std::unique_ptr<Deflater> deflater_;
  std::vector<std::uint64_t> offsets_;  ///< of object i + 1
  std::uint64_t written_ = 0;
  std::string packed_;
  bool good_ = true;
};

}  // namespace nguon::labels
