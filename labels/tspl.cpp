#include "labels/tspl.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace nguon::labels {
namespace {

constexpr std::string_view stored_bmp = "NGUON.BMP";
constexpr int widest_gap = 25;
/// `QRCODE` takes 1..10 dots a module.
constexpr int largest_cell = 10;

void append_little(std::string& out, std::uint32_t value, int octets) {
  for (int i = 0; i < octets; ++i, value >>= 8) out += static_cast<char>(value & 0xff);
}

/// One bit a pixel, rows from the bottom up, filled to four octets. Printers take 0 for black
/// whatever the palette says, so the palette says the same.
std::string bmp_of(const Bitmap& bits) {
  constexpr std::uint32_t head = 14 + 40 + 8;
  const auto stride = static_cast<std::size_t>(bits.stride());
  const std::size_t padded = (stride + 3) / 4 * 4;
  const auto octets = static_cast<std::uint32_t>(padded * static_cast<std::size_t>(bits.height));
  std::string bmp = "BM";
  append_little(bmp, head + octets, 4);
  append_little(bmp, 0, 4);
  append_little(bmp, head, 4);
  append_little(bmp, 40, 4);
  append_little(bmp, static_cast<std::uint32_t>(bits.width), 4);
  append_little(bmp, static_cast<std::uint32_t>(bits.height), 4);
  append_little(bmp, 1, 2);  // planes
  append_little(bmp, 1, 2);  // bits a pixel
  append_little(bmp, 0, 4);  // not compressed
  append_little(bmp, octets, 4);
  append_little(bmp, 0, 4);
  append_little(bmp, 0, 4);
  append_little(bmp, 2, 4);  // colours
  append_little(bmp, 2, 4);
  append_little(bmp, 0, 4);         // 0: black
  append_little(bmp, 0xffffff, 4);  // 1: white
  for (int y = bits.height; y-- > 0;) {
    for (std::size_t i = 0; i < padded; ++i) {
      const auto black =
          i < stride ? bits.rows[static_cast<std::size_t>(y) * stride + i] : std::uint8_t{0};
      bmp += static_cast<char>(~black);
    }
  }
  return bmp;
}

bool is_black(const DevicePicture& picture, int x, int y) {
  const int column = x - picture.at.x;
  const int row = y - picture.at.y;
  return column >= 0 && row >= 0 && column < picture.bits.width && row < picture.bits.height &&
         picture.bits.black(column, row);
}

/// Rows of whole octets, 0 = black, in place of what was there: so the dots that only fill the last
/// octet of a row must be those of `below`.
std::string bitmap_command(const DevicePicture& picture, const DevicePicture& below) {
  if (picture.bits.width == 0) return {};
  const int stride = picture.bits.stride();
  std::string out;
  put(out, "BITMAP ", picture.at.x, ',', picture.at.y, ',', stride, ',', picture.bits.height,
      ",0,");
  for (int y = 0; y < picture.bits.height; ++y) {
    const auto* const row = picture.bits.rows.data() + std::ptrdiff_t{y} * stride;
    for (int i = 0; i < stride; ++i) out += static_cast<char>(~row[i]);
    unsigned filled = static_cast<unsigned char>(out.back());
    for (int x = picture.bits.width; x < stride * 8; ++x) {
      if (is_black(below, picture.at.x + x, picture.at.y + y)) filled &= ~(0x80u >> (x % 8));
    }
    out.back() = static_cast<char>(filled);
  }
  return out + "\r\n";
}

/// Hundredths of a millimetre, as `50.05`.
std::string millimetres(int dots, int dpi) {
  const auto hundredths = std::lround(dots * 2540.0 / dpi);
  std::string out;
  put(out, hundredths / 100, '.', hundredths / 10 % 10, hundredths % 10);
  return out;
}

}  // namespace

Result<TsplWriter> TsplWriter::make(PlacedLabel placed, const LabelItem& any, Drawing drawing,
                                    int gap_mm) {
  if (placed.cells.size() > 1) return Fault::bad_order;
  if (gap_mm < 0 || gap_mm > widest_gap) return Fault::out_of_range;
  const DotPoint corner = device_corner(placed);
  const bool encodes = drawing == Drawing::printer && placed.code.module <= largest_cell &&
                       placed.code.box.x + corner.x >= 0 && placed.code.box.y + corner.y >= 0 &&
                       printer_may_encode(placed, any);
  auto fixed = static_part(placed);
  if (!fixed) return fixed.error();
  auto stamps = NumberStamps::make(placed);
  if (!stamps) return stamps.error();
  TsplWriter writer(std::move(placed), *std::move(fixed), *std::move(stamps), encodes);
  writer.append_setup(gap_mm);
  return writer;
}

void TsplWriter::append_setup(int gap_mm) {
  // REPRINT OFF: after paper ran out the printer does not print the last label again by itself.
  put(setup_, "\r\nSIZE ", millimetres(placed_.page_width, placed_.dpi), " mm,",
      millimetres(placed_.page_height, placed_.dpi), " mm\r\nGAP ", gap_mm,
      " mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nSET REPRINT OFF\r\nCLS\r\n");
  recall_ = "CLS\r\n";
  if (fixed_.bits.width == 0) return;
  const std::string bmp = bmp_of(fixed_.bits);
  put(setup_, "DOWNLOAD \"", stored_bmp, "\",", bmp.size(), ',', bmp, "\r\n");
  put(recall_, "PUTBMP ", fixed_.at.x, ',', fixed_.at.y, ",\"", stored_bmp, "\"\r\n");
}

Result<std::string> TsplWriter::label(const LabelItem& item) const {
  std::vector<DevicePicture> pictures;
  if (!encodes_) {
    auto symbol = symbol_part(placed_, item);
    if (!symbol) return symbol.error();
    pictures.push_back(*std::move(symbol));
  }
  auto numbers = number_parts(placed_, stamps_, item);
  if (!numbers) return numbers.error();
  std::move(numbers->begin(), numbers->end(), std::back_inserter(pictures));
  // From the left: what fills the last octets of one is drawn over by its neighbour.
  std::sort(pictures.begin(), pictures.end(),
            [](const DevicePicture& a, const DevicePicture& b) { return a.at.x < b.at.x; });
  std::string out = recall_;
  for (const DevicePicture& picture : pictures) out += bitmap_command(picture, fixed_);
  if (encodes_) {
    const auto link = device_field(item.link);
    if (!link) return link.error();
    const DotPoint corner = device_corner(placed_);
    // M2: without it these printers draw the obsolete model 1. A: the printer chooses the segments;
    // make() saw that no choice changes the symbol's size.
    put(out, "QRCODE ", placed_.code.box.x + corner.x, ',', placed_.code.box.y + corner.y, ',',
        level_letter(placed_.code.level), ',', placed_.code.module, ",A,0,M2,\"", *link, "\"\r\n");
  }
  const auto bars = bar_parts(placed_, item);
  if (!bars) return bars.error();
  for (const DotBox& bar : *bars) {
    put(out, "BAR ", bar.x, ',', bar.y, ',', bar.width, ',', bar.height, "\r\n");
  }
  out += "PRINT 1,1\r\n";
  return out;
}

}  // namespace nguon::labels
