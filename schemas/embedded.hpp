#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace nguon::schemas {

/// One file of this room as it was at build time. Both views live for the whole process.
struct EmbeddedFile {
  std::string_view path;  ///< From the room's folder: "types/batch.harvest.1.json".
  std::string_view text;
};

/// Every embedded file in ascending byte order of its path.
std::span<const EmbeddedFile> embedded_files();

/// One of them, absent when no file has that path.
std::optional<std::string_view> embedded_file(std::string_view path);

}  // namespace nguon::schemas
