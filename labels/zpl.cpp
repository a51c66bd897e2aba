#include "labels/zpl.hpp"

#include <algorithm>
#include <cmath>

namespace nguon::labels {
namespace {

constexpr std::string_view stored_picture = "R:NGUON.GRF";
constexpr std::string_view stored_format = "R:NGUON.ZPL";

/// Firmware puts a `^BQ` this far below its origin: the height ^BY begins with.
constexpr int qr_drop = 10;
/// `^BQ` takes 1..10 dots a module.
constexpr int largest_magnification = 10;

/// Of font 0, in heights of its characters: from the origin to the foot of a capital, and the
/// widest average of what numbers are made of.
constexpr double font_baseline = 0.76;
constexpr double font_width = 0.66;

/// `count` times the digit, in the counts of ^GF: G..Y are 1..19, g..z 20..400.
void append_counted(std::string& out, std::size_t count, char digit) {
  for (; count >= 400; count -= 400) out += "z";
  if (count >= 20) {
    out += static_cast<char>('g' + static_cast<char>(count / 20 - 1));
    count %= 20;
  }
  if (count >= 1) out += static_cast<char>('G' + static_cast<char>(count - 1));
  out += digit;
}

std::string hex_digits_of_row(const Bitmap& bits, int y) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto stride = static_cast<std::size_t>(bits.stride());
  std::string hex;
  for (std::size_t i = 0; i < stride; ++i) {
    const auto octet = bits.rows[static_cast<std::size_t>(y) * stride + i];
    hex += digits[octet >> 4];
    hex += digits[octet & 15];
  }
  return hex;
}

/// Rows as ^GF and ~DG take them: runs counted, `,` for the rest of a row without ink, `:` for the
/// row above once more.
std::string graphic_data(const Bitmap& bits) {
  std::string data;
  std::string above;
  for (int y = 0; y < bits.height; ++y) {
    const std::string row = hex_digits_of_row(bits, y);
    if (y > 0 && row == above) {
      data += ':';
      continue;
    }
    const std::size_t inked = row.find_last_not_of('0');
    const std::size_t end = inked == std::string::npos ? 0 : inked + 1;
    for (std::size_t at = 0; at < end;) {
      const std::size_t next = std::min(row.find_first_not_of(row[at], at), end);
      if (next - at == 1) {
        data += row[at];
      } else {
        append_counted(data, next - at, row[at]);
      }
      at = next;
    }
    if (end < row.size()) data += ',';
    above = row;
  }
  return data;
}

std::string graphic_field(const DevicePicture& picture) {
  if (picture.bits.width == 0) return {};
  const auto octets = picture.bits.rows.size();
  std::string out;
  put(out, "^FO", picture.at.x, ',', picture.at.y, "^GFA,", octets, ',', octets, ',',
      picture.bits.stride(), ',', graphic_data(picture.bits), "^FS");
  return out;
}

char block_letter(Align align) {
  switch (align) {
    case Align::left:
      return 'L';
    case Align::center:
      return 'C';
    case Align::right:
      return 'R';
  }
  return 'L';
}

/// A number in font 0, as high as the layout's capitals and never wider than its box.
std::string number_field(const PlacedLabel& placed, const PlacedNumber& number, std::size_t symbols,
                         std::size_t variable) {
  constexpr double capital = 0.714;  // of Noto Sans, in ems
  const DotPoint corner = device_corner(placed);
  const int height = std::max(10, static_cast<int>(number.em * capital / font_baseline));
  const auto room =
      static_cast<int>(number.box.width / (font_width * static_cast<double>(symbols)));
  const int width = std::clamp(room, 10, height);
  const int top = number.baseline - static_cast<int>(std::lround(height * font_baseline));
  std::string out;
  put(out, "^FO", std::max(number.box.x + corner.x, 0), ',', std::max(top + corner.y, 0), "^FB",
      number.box.width, ",1,0,", block_letter(number.align), ",0^A0N,", height, ',', width, "^FN",
      variable, "^FS");
  return out;
}

}  // namespace

Result<ZplWriter> ZplWriter::make(PlacedLabel placed, const LabelItem& any, Drawing drawing) {
  if (placed.cells.size() > 1) return Fault::bad_order;
  const bool encodes = drawing == Drawing::printer && placed.code.module <= largest_magnification &&
                       placed.code.box.y + device_corner(placed).y >= qr_drop &&
                       placed.code.box.x + device_corner(placed).x >= 0 &&
                       printer_may_encode(placed, any);
  ZplWriter writer(std::move(placed), drawing, encodes);
  if (drawing == Drawing::picture) {
    auto stamps = NumberStamps::make(writer.placed_);
    if (!stamps) return stamps.error();
    writer.stamps_ = *std::move(stamps);
  }
  for (const std::string& number : any.numbers) writer.lengths_.push_back(number.size());
  if (const auto made = writer.append_setup(); !made) return made.error();
  return writer;
}

Result<void> ZplWriter::append_setup() {
  if (lengths_.size() != placed_.numbers.size()) return Fault::bad_length;
  const auto fixed = static_part(placed_);
  if (!fixed) return fixed.error();
  const bool picture = fixed->bits.width > 0;
  // ^JZN: after paper ran out the printer does not print the last label again by itself.
  setup_ = "^XA^JZN^XZ";
  if (picture) {
    put(setup_, "~DG", stored_picture, ',', fixed->bits.rows.size(), ',', fixed->bits.stride(), ',',
        graphic_data(fixed->bits), '\n');
  }
  put(setup_, "^XA^DF", stored_format, "^FS^PW", placed_.page_width, "^LL", placed_.page_height,
      "^LH0,0");
  if (picture) {
    put(setup_, "^FO", fixed->at.x, ',', fixed->at.y, "^XG", stored_picture, ",1,1^FS");
  }
  const DotPoint corner = device_corner(placed_);
  if (encodes_) {
    put(setup_, "^FO", placed_.code.box.x + corner.x, ',', placed_.code.box.y + corner.y - qr_drop,
        "^BQN,2,", placed_.code.module, "^FN1^FS");
  }
  for (std::size_t i = 0; drawing_ == Drawing::printer && i < lengths_.size(); ++i) {
    setup_ +=
        number_field(placed_, placed_.numbers[i], std::max<std::size_t>(lengths_[i], 1), i + 2);
  }
  setup_ += "^XZ\n";
  return {};
}

Result<std::string> ZplWriter::label(const LabelItem& item) const {
  std::string out;
  put(out, "^XA^XF", stored_format, "^FS");
  if (encodes_) {
    const auto link = device_field(item.link);
    if (!link) return link.error();
    // A: the printer chooses the segments; make() saw that no choice changes the symbol's size.
    put(out, "^FN1^FD", level_letter(placed_.code.level), "A,", *link, "^FS");
  } else {
    const auto symbol = symbol_part(placed_, item);
    if (!symbol) return symbol.error();
    out += graphic_field(*symbol);
  }
  if (drawing_ == Drawing::printer) {
    if (item.numbers.size() != lengths_.size()) return Fault::bad_length;
    for (std::size_t i = 0; i < lengths_.size(); ++i) {
      if (item.numbers[i].size() != lengths_[i]) return Fault::bad_length;
      const auto text = device_field(item.numbers[i]);
      if (!text) return text.error();
      put(out, "^FN", i + 2, "^FD", *text, "^FS");
    }
  } else {
    const auto numbers = number_parts(placed_, stamps_, item);
    if (!numbers) return numbers.error();
    for (const DevicePicture& number : *numbers) out += graphic_field(number);
  }
  const auto bars = bar_parts(placed_, item);
  if (!bars) return bars.error();
  for (const DotBox& bar : *bars) {
    // As thick as its shorter side, a box is filled.
    put(out, "^FO", bar.x, ',', bar.y, "^GB", bar.width, ',', bar.height, ',', bar.width, "^FS");
  }
  out += "^PQ1^XZ\n";
  return out;
}

}  // namespace nguon::labels
