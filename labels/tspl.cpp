#include "labels/tspl.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace nguon::labels {
namespace {

constexpr std::string_view stored_bmp = "NGUON.BMP";
constexpr int widest_gap = 25;
/// `QRCODE` takes 1..10 dots a module.
constexpr int largest_cell = 10;
constexpr double inch_mm = 25.4;

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

/// Rows of whole octets, 0 = black, over what is there.
std::string bitmap_command(const DevicePicture& picture) {
  if (picture.bits.width == 0) return {};
  std::string out = fmt::format("BITMAP {},{},{},{},0,", picture.at.x, picture.at.y,
                                picture.bits.stride(), picture.bits.height);
  for (const std::uint8_t octet : picture.bits.rows) out += static_cast<char>(~octet);
  return out + "\r\n";
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
  const auto fixed = static_part(placed);
  if (!fixed) return fixed.error();
  TsplWriter writer(std::move(placed), encodes);
  const auto mm = [&](int dots) { return dots * inch_mm / writer.placed_.dpi; };
  // REPRINT OFF: after paper ran out the printer does not print the last label again by itself.
  writer.setup_ = fmt::format(
      "\r\nSIZE {:.2f} mm,{:.2f} mm\r\nGAP {} mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\n"
      "SET REPRINT OFF\r\nCLS\r\n",
      mm(writer.placed_.page_width), mm(writer.placed_.page_height), gap_mm);
  writer.recall_ = "CLS\r\n";
  if (fixed->bits.width > 0) {
    const std::string bmp = bmp_of(fixed->bits);
    writer.setup_ += fmt::format("DOWNLOAD \"{}\",{},", stored_bmp, bmp.size()) + bmp + "\r\n";
    writer.recall_ += fmt::format("PUTBMP {},{},\"{}\"\r\n", fixed->at.x, fixed->at.y, stored_bmp);
  }
  return writer;
}

Result<std::string> TsplWriter::label(const LabelItem& item) const {
  std::string out = recall_;
  if (encodes_) {
    const auto link = device_field(item.link);
    if (!link) return link.error();
    const DotPoint corner = device_corner(placed_);
    // M2: without it these printers draw the obsolete model 1. A: the printer chooses the segments;
    // make() saw that no choice changes the symbol's size.
    out += fmt::format("QRCODE {},{},{},{},A,0,M2,\"{}\"\r\n", placed_.code.box.x + corner.x,
                       placed_.code.box.y + corner.y, level_letter(placed_.code.level),
                       placed_.code.module, *link);
  } else {
    const auto symbol = symbol_part(placed_, item);
    if (!symbol) return symbol.error();
    out += bitmap_command(*symbol);
  }
  const auto numbers = number_parts(placed_, item);
  if (!numbers) return numbers.error();
  for (const DevicePicture& number : *numbers) out += bitmap_command(number);
  const auto bars = bar_parts(placed_, item);
  if (!bars) return bars.error();
  for (const DotBox& bar : *bars) {
    out += fmt::format("BAR {},{},{},{}\r\n", bar.x, bar.y, bar.width, bar.height);
  }
  out += "PRINT 1,1\r\n";
  return out;
}

}  // namespace nguon::labels
