#pragma once

#include "labels/number_stamps.hpp"
#include "labels/placed.hpp"
#include "labels/raster.hpp"

#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nguon::labels {

// What both printer languages are made of. Private to the room.

/// Who draws what differs from label to label.
enum class Drawing {
  printer,  ///< the printer, wherever its choice cannot differ from ours: few octets a label
  picture,  ///< we, as dots: for printers that draw otherwise than their language says
};

/// A picture and where its top left dot stands on the label.
struct DevicePicture {
  DotPoint at;
  Bitmap bits;
};

/// Only the part with ink on it, and only as far as it lies on the label of `placed`, moved by the
/// printer's offset. Empty (width 0) when nothing is left.
DevicePicture on_label(const PlacedLabel& placed, DotPoint at, const Bitmap& bits);

/// Static texts; numbers of one label; its QR; each ready to be sent.
Result<DevicePicture> static_part(const PlacedLabel& placed);
Result<std::vector<DevicePicture>> number_parts(const PlacedLabel& placed,
                                                const NumberStamps& stamps,
                                                const LabelItem& item);
Result<DevicePicture> symbol_part(const PlacedLabel& placed, const LabelItem& item);

/// Bars of the linear symbol as boxes of dots, offset included; none when the layout has none.
Result<std::vector<DotBox>> bar_parts(const PlacedLabel& placed, const LabelItem& item);

/// Where the label's own corner stands: the printer's offset, which rolls have in their one cell.
DotPoint device_corner(const PlacedLabel& placed);

/// True when a printer that encodes a link of this job by itself must arrive at our version,
/// however it chooses its segments: the longest choice (octets alone) and the shortest (our
/// library's, of the luckiest serial, digits alone) need the same one. Size and place of the symbol
/// are then ours.
bool printer_may_encode(const PlacedLabel& placed, const LabelItem& any);

/// Text for a command of a printer: letters, digits and `:/.-() `, so that no octet of it can end a
/// field or begin a command. bad_symbol otherwise.
Result<std::string_view> device_field(std::string_view text);

char level_letter(QrLevel level);

/// Appends texts and whole numbers as they come.
template <class... Parts>
void put(std::string& out, const Parts&... parts) {
  const auto one = [&out](const auto& part) {
    using Part = std::remove_cvref_t<decltype(part)>;
    if constexpr (std::is_integral_v<Part> && !std::is_same_v<Part, char>) {
      char digits[24];
      out.append(digits, std::to_chars(digits, digits + sizeof digits, part).ptr);
    } else {
      out += part;
    }
  };
  (one(parts), ...);
}

}  // namespace nguon::labels
