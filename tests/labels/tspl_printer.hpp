#pragma once

#include "labels/raster.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// What a TSPL printer of ours makes of a job, dot by dot. It knows the commands of
/// labels/FORMAT.md §8 and throws at anything else. Its limit: it was read from makers' manuals by
/// those who wrote the writer, and it draws `QRCODE` with the encoder that is under test.
class TsplPrinter {
 public:
  explicit TsplPrinter(int dpi) : dpi_(dpi) {}

  void take(std::string_view octets) {
    rest_ = octets;
    while (!rest_.empty()) command();
  }
  const std::vector<Bitmap>& printed() const { return printed_; }
  int gap_mm() const { return gap_mm_; }

 private:
  void command() {
    const std::size_t space = rest_.find_first_of(" \r");
    const std::string name(rest_.substr(0, space));
    if (name == "DOWNLOAD") return download();
    if (name == "BITMAP") return bitmap();
    const std::size_t end = rest_.find("\r\n");
    if (end == std::string_view::npos) throw std::runtime_error("no line end");
    const std::string line(rest_.substr(0, end));
    rest_.remove_prefix(end + 2);
    if (line.empty() || line == "DIRECTION 1" || line == "REFERENCE 0,0" ||
        line == "SET REPRINT OFF") {
      return;
    }
    if (name == "SIZE") return size(line);
    if (name == "GAP") return read(line, "GAP %d mm,0 mm", &gap_mm_);
    if (line == "CLS") return clear();
    if (name == "PUTBMP") return put_bmp(line);
    if (name == "QRCODE") return symbol(line);
    if (name == "BAR") return bar(line);
    if (line == "PRINT 1,1") return printed_.push_back(paper_);
    throw std::runtime_error("unknown command: " + line);
  }

  template <class... Values>
  static void read(const std::string& line, const std::string& shape, Values*... values) {
    int used = -1;
    if (std::sscanf(line.c_str(), (shape + "%n").c_str(), values..., &used) !=
            static_cast<int>(sizeof...(values)) ||
        used != static_cast<int>(line.size())) {
      throw std::runtime_error("not read: " + line);
    }
  }

  void size(const std::string& line) {
    double width = 0;
    double height = 0;
    read(line, "SIZE %lf mm,%lf mm", &width, &height);
    paper_.width = static_cast<int>(width * dpi_ / 25.4 + 0.5);
    paper_.height = static_cast<int>(height * dpi_ / 25.4 + 0.5);
    clear();
  }

  void clear() {
    paper_.rows.assign(
        static_cast<std::size_t>(paper_.stride()) * static_cast<std::size_t>(paper_.height), 0);
  }

  void set(int x, int y, bool black) {
    if (x < 0 || y < 0 || x >= paper_.width || y >= paper_.height) return;
    auto& octet = paper_.rows[static_cast<std::size_t>(y * paper_.stride() + x / 8)];
    const auto bit = static_cast<std::uint8_t>(0x80 >> x % 8);
    octet = static_cast<std::uint8_t>(black ? octet | bit : octet & ~bit);
  }

  std::string_view taken(std::size_t octets) {
    if (octets > rest_.size()) throw std::runtime_error("data is cut");
    const std::string_view out = rest_.substr(0, octets);
    rest_.remove_prefix(octets);
    return out;
  }

  void download() {
    int length = 0;
    int used = 0;
    const std::string head(rest_.substr(0, 64));
    if (std::sscanf(head.c_str(), "DOWNLOAD \"NGUON.BMP\",%d,%n", &length, &used) != 1) {
      throw std::runtime_error("not read: " + head);
    }
    taken(static_cast<std::size_t>(used));
    stored_ = taken(static_cast<std::size_t>(length));
    if (taken(2) != "\r\n") throw std::runtime_error("data of another length");
  }

  /// Whole octets in place of what was there, 0 = black.
  void bitmap() {
    int x = 0;
    int y = 0;
    int stride = 0;
    int height = 0;
    int used = 0;
    const std::string head(rest_.substr(0, 64));
    if (std::sscanf(head.c_str(), "BITMAP %d,%d,%d,%d,0,%n", &x, &y, &stride, &height, &used) !=
            4 ||
        used == 0) {
      throw std::runtime_error("not read: " + head);
    }
    taken(static_cast<std::size_t>(used));
    const auto dots = taken(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height));
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < stride * 8; ++column) {
        const auto octet =
            static_cast<unsigned char>(dots[static_cast<std::size_t>(row * stride + column / 8)]);
        set(x + column, y + row, (octet >> (7 - column % 8) & 1) == 0);
      }
    }
    if (taken(2) != "\r\n") throw std::runtime_error("bitmap of another length");
  }

  unsigned little(std::size_t at, int octets) const {
    unsigned value = 0;
    for (int i = octets; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(stored_.at(at + static_cast<std::size_t>(i)));
    }
    return value;
  }

  void put_bmp(const std::string& line) {
    int x = 0;
    int y = 0;
    read(line, "PUTBMP %d,%d,\"NGUON.BMP\"", &x, &y);
    if (stored_.substr(0, 2) != "BM" || little(2, 4) != stored_.size() || little(28, 2) != 1 ||
        little(30, 4) != 0) {
      throw std::runtime_error("not a BMP of one bit a pixel");
    }
    const auto width = static_cast<int>(little(18, 4));
    const auto height = static_cast<int>(little(22, 4));
    const std::size_t stride = (static_cast<std::size_t>(width) + 31) / 32 * 4;
    for (int row = 0; row < height; ++row) {
      const std::size_t from = little(10, 4) + static_cast<std::size_t>(height - 1 - row) * stride;
      for (int column = 0; column < width; ++column) {
        const auto octet =
            static_cast<unsigned char>(stored_.at(from + static_cast<std::size_t>(column / 8)));
        set(x + column, y + row, (octet >> (7 - column % 8) & 1) == 0);
      }
    }
  }

  void symbol(const std::string& line) {
    int x = 0;
    int y = 0;
    char level = 0;
    int dots = 0;
    char text[200] = {};
    read(line, "QRCODE %d,%d,%c,%d,A,0,M2,\"%199[^\"]\"", &x, &y, &level, &dots, text);
    const std::map<char, QrLevel> levels{
        {'L', QrLevel::l}, {'M', QrLevel::m}, {'Q', QrLevel::q}, {'H', QrLevel::h}};
    const auto modules = encode_qr(text, levels.at(level)).value();
    for (int row = 0; row < modules.size * dots; ++row) {
      for (int column = 0; column < modules.size * dots; ++column) {
        if (modules.at(column / dots, row / dots)) set(x + column, y + row, true);
      }
    }
  }

  void bar(const std::string& line) {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    read(line, "BAR %d,%d,%d,%d", &x, &y, &width, &height);
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < width; ++column) set(x + column, y + row, true);
    }
  }

  int dpi_;
  int gap_mm_ = -1;
  std::string_view rest_;
  std::string stored_;
  Bitmap paper_;
  std::vector<Bitmap> printed_;
};

}  // namespace nguon::labels
