#include "labels/device_parts.hpp"

#include "labels/ascii.hpp"
#include "labels/gs1_128.hpp"

#include <algorithm>

namespace nguon::labels {
namespace {

/// The smallest box that holds all black dots; width 0 when there are none.
DotBox ink_of(const Bitmap& bits) {
  int left = bits.width;
  int right = -1;
  int top = bits.height;
  int bottom = -1;
  for (int y = 0; y < bits.height; ++y) {
    for (int x = 0; x < bits.width; ++x) {
      if (!bits.black(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return {};
  return {left, top, right - left + 1, bottom - top + 1};
}

Bitmap blank(int width, int height) {
  Bitmap bits{width, height, {}};
  bits.rows.resize(static_cast<std::size_t>(bits.stride()) * static_cast<std::size_t>(height));
  return bits;
}

void blacken(Bitmap& bits, int x, int y) {
  auto& octet = bits.rows[static_cast<std::size_t>(y * bits.stride() + x / 8)];
  octet = static_cast<std::uint8_t>(octet | (0x80u >> (x % 8)));
}

DotBox clipped(const DotBox& box, int width, int height) {
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
  const DotBox ink = ink_of(bits);
  const DotPoint from{at.x + corner.x, at.y + corner.y};
  const DotBox part = clipped({from.x + ink.x, from.y + ink.y, ink.width, ink.height},
                              placed.page_width, placed.page_height);
  DevicePicture picture{{part.x, part.y}, blank(part.width, part.height)};
  for (int y = 0; y < part.height; ++y) {
    for (int x = 0; x < part.width; ++x) {
      if (bits.black(part.x + x - from.x, part.y + y - from.y)) blacken(picture.bits, x, y);
    }
  }
  return picture;
}

Result<DevicePicture> static_part(const PlacedLabel& placed) {
  const auto bits = static_picture(placed);
  if (!bits) return bits.error();
  return on_label(placed, {0, 0}, *bits);
}

Result<std::vector<DevicePicture>> number_parts(const PlacedLabel& placed, const LabelItem& item) {
  if (item.numbers.size() != placed.numbers.size()) return Fault::bad_length;
  std::vector<DevicePicture> parts;
  for (std::size_t i = 0; i < placed.numbers.size(); ++i) {
    const auto bits = number_picture(placed, placed.numbers[i], item.numbers[i]);
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
  Bitmap bits = blank(modules->size * dots, modules->size * dots);
  for (int y = 0; y < bits.height; ++y) {
    for (int x = 0; x < bits.width; ++x) {
      if (modules->at(x / dots, y / dots)) blacken(bits, x, y);
    }
  }
  return on_label(placed, {placed.code.box.x, placed.code.box.y}, bits);
}

Result<std::vector<DotBox>> bar_parts(const PlacedLabel& placed, const LabelItem& item) {
  std::vector<DotBox> bars;
  if (!placed.linear) return bars;
  const std::vector<Gs1Element> elements{{"00", item.code}};
  const auto symbol = encode_gs1_128(elements);
  if (!symbol) return symbol.error();
  if (symbol->modules != placed.linear->modules) return Fault::does_not_fit;
  const DotPoint corner = device_corner(placed);
  const DotBox& box = placed.linear->box;
  int x = box.x + corner.x;
  for (std::size_t i = 0; i < symbol->widths.size(); ++i) {
    const int width = symbol->widths[i] * placed.linear->module;
    const DotBox bar =
        clipped({x, box.y + corner.y, width, box.height}, placed.page_width, placed.page_height);
    if (i % 2 == 0 && bar.width > 0) bars.push_back(bar);
    x += width;
  }
  return bars;
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
