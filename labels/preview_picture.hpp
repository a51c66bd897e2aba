#pragma once

#include "labels/fault.hpp"

#include <string>

namespace nguon::labels {

/// What a link preview may show: kept by others for weeks, so never a serial, a person or a status.
struct PreviewText {
  std::string product;
  std::string maker;  ///< Organisation.
  std::string place;  ///< Commune, province; may be empty.
  std::string lead;   ///< What the picture is about: "Nguồn gốc trên tem".
  std::string note;   ///< Below; may be empty: "Dữ liệu mẫu".
};

inline constexpr int preview_width = 1200;
inline constexpr int preview_height = 630;

/// PNG of that size in colour, some twenty kilobytes. bad_text where this machine has no glyph for a
/// character, failed when memory runs out. Some ten milliseconds; any thread.
Result<std::string> preview_png(const PreviewText& text);

}  // namespace nguon::labels
