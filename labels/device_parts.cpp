#include "labels/device_parts.hpp"

#include "labels/ascii.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace nguon::labels {
namespace {

const std::uint8_t* row_of(const Bitmap& bits, int y) {
  return bits.rows.data() + std::ptrdiff_t{y} * bits.stride();
}
std::uint8_t* row_of(Bitmap& bits, int y) {
  return bits.rows.data() + std::ptrdiff_t{y} * bits.stride();
}

/// The smallest box that holds all black dots; width 0 when there are none.
DotBox inked_box(const Bitmap& bits) {
  std::vector<std::uint8_t> columns(static_cast<std::size_t>(bits.stride()));
  int top = bits.height;
  int bottom = -1;
  for (int y = 0; y < bits.height; ++y) {
    const std::uint8_t* const row = row_of(bits, y);
    std::uint8_t any = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i] |= row[i];
      any |= row[i];
    }
    if (any == 0) continue;
    top = std::min(top, y);
    bottom = y;
  }
  if (bottom < 0) return {};
  const auto inked = [](std::uint8_t octet) { return octet != 0; };
  const auto first = std::find_if(columns.begin(), columns.end(), inked);
  const auto last = std::find_if(columns.rbegin(), columns.rend(), inked).base() - 1;
  const int left = static_cast<int>(first - columns.begin()) * 8 + std::countl_zero(*first);
  const int right = static_cast<int>(last - columns.begin()) * 8 + 7 - std::countr_zero(*last);
  return {left, top, right - left + 1, bottom - top + 1};
}

void set_black(Bitmap& bits, int x, int y) {
  auto& octet = bits.rows[static_cast<std::size_t>(y * bits.stride() + x / 8)];
  octet = static_cast<std::uint8_t>(octet | (0x80u >> (x % 8)));
}

/// `width` dots from dot `from` of a row of `stride` octets, an octet at a time: on a roll of ten
/// thousand labels this is most of the work.
void copy_dots(const std::uint8_t* row, int stride, int from, std::uint8_t* to, int width) {
  const int shift = from % 8;
  const int octets = (width + 7) / 8;
  for (int i = 0; i < octets; ++i) {
    const int at = from / 8 + i;
    const unsigned here = row[at];
    const unsigned next = at + 1 < stride ? row[at + 1] : 0u;
    to[i] = static_cast<std::uint8_t>((here << 8 | next) >> (8 - shift));
  }
  if (width % 8 != 0) {
    to[octets - 1] = static_cast<std::uint8_t>(to[octets - 1] & (0xff00u >> (width % 8)));
  }
}

DotBox clipped_box(const DotBox& box, int width, int height) {
  const int left = std::max(box.x, 0);
  const int top = std::max(box.y, 0);
  const int right = std::min(box.x + box.width, width);
  const int bottom = std::min(box.y + box.height, height);
  if (right <= left || bottom <= top) return {};
  return {left, top, right - left, bottom - top};
}

}  // namespace

DotPoint device_corner(const PlacedLabel& placed) {
  return placed.cells.empty() ? placed.offset : placed.cells.front();
}

DevicePicture on_label(const PlacedLabel& placed, DotPoint at, const Bitmap& bits) {
  const DotPoint corner = device_corner(placed);
  const DotBox ink = inked_box(bits);
  const DotPoint from{at.x + corner.x, at.y + corner.y};
  const DotBox part = clipped_box({from.x + ink.x, from.y + ink.y, ink.width, ink.height},
                                  placed.page_width, placed.page_height);
  DevicePicture picture{{part.x, part.y}, white_bitmap(part.width, part.height)};
  for (int y = 0; y < part.height; ++y) {
    copy_dots(row_of(bits, part.y + y - from.y), bits.stride(), part.x - from.x,
              row_of(picture.bits, y), part.width);
  }
  return picture;
}

Result<DevicePicture> static_part(const PlacedLabel& placed) {
  const auto bits = static_picture(placed);
  if (!bits) return bits.error();
  return on_label(placed, {0, 0}, *bits);
}

Result<std::vector<DevicePicture>> number_parts(const PlacedLabel& placed,
                                                const NumberStamps& stamps,
                                                const LabelItem& item) {
  if (item.numbers.size() != placed.numbers.size()) return Fault::bad_length;
  std::vector<DevicePicture> parts;
  for (std::size_t i = 0; i < placed.numbers.size(); ++i) {
    const auto bits = stamps.picture(placed, i, item.numbers[i]);
    if (!bits) return bits.error();
    const DotBox& box = placed.numbers[i].box;
    parts.push_back(on_label(placed, {box.x, box.y}, *bits));
  }
  return parts;
}

Result<DevicePicture> symbol_part(const PlacedLabel& placed, const LabelItem& item) {
  const auto modules = label_symbol(placed, item);
  if (!modules) return modules.error();
  const int dots = placed.code.module;
  Bitmap bits = white_bitmap(modules->size * dots, modules->size * dots);
  for (int y = 0; y < bits.height; y += dots) {
    for (int x = 0; x < bits.width; ++x) {
      if (modules->at(x / dots, y / dots)) set_black(bits, x, y);
    }
    for (int again = 1; again < dots; ++again) {
      std::copy_n(row_of(bits, y), bits.stride(), row_of(bits, y + again));
    }
  }
  return on_label(placed, {placed.code.box.x, placed.code.box.y}, bits);
}

Result<std::vector<DotBox>> bar_parts(const PlacedLabel& placed, const LabelItem& item) {
  const auto bars = label_bars(placed, item);
  if (!bars) return bars.error();
  const DotPoint corner = device_corner(placed);
  std::vector<DotBox> parts;
  for (const DotBox& bar : *bars) {
    const DotBox part = clipped_box({bar.x + corner.x, bar.y + corner.y, bar.width, bar.height},
                                    placed.page_width, placed.page_height);
    if (part.width > 0) parts.push_back(part);
  }
  return parts;
}

bool printer_may_encode(const PlacedLabel& placed, const LabelItem& any) {
  const std::string octets(any.link.size(), 'a');
  const std::size_t prefix = std::min(placed.link_prefix.size(), any.link.size());
  const std::string luckiest =
      any.link.substr(0, prefix) + std::string(any.link.size() - prefix, '0');
  const auto longest = encode_qr(octets, placed.code.level);
  const auto shortest = encode_qr(luckiest, placed.code.level);
  return longest && shortest && longest->size == placed.code.modules &&
         shortest->size == placed.code.modules;
}

Result<std::string_view> device_field(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_upper(to_upper(c)) ||
           std::string_view(":/.-() ").find(c) != std::string_view::npos;
  });
  if (!plain) return Fault::bad_symbol;
  return text;
}

char level_letter(QrLevel level) {
  switch (level) {
    case QrLevel::l:
      return 'L';
    case QrLevel::m:
      return 'M';
    case QrLevel::q:
      return 'Q';
    case QrLevel::h:
      return 'H';
  }
  return 'M';
}

}  // namespace nguon::labels
