#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nguon::server {

inline constexpr std::size_t max_sheet_octets = 10 << 20;
inline constexpr std::size_t max_sheet_rows = 20'000;
inline constexpr std::size_t max_sheet_columns = 200;
inline constexpr std::size_t max_sheets = 50;
inline constexpr std::size_t max_sheet_cells =
    1'000'000;                                       ///< Of one sheet, empty ones between too.
inline constexpr std::size_t max_cell_text = 1'000;  ///< Code points; what is longer is cut.

/// How the text of a cell was written down, as far as its letters show.
enum class Encoding : std::uint8_t {
  unicode,
  windows_1258,
  tcvn3,       ///< TCVN 5712 VN3: fonts ".VnTime", also called ABC.
  vni,         ///< Fonts "VNI-Times".
  utf8_twice,  ///< UTF-8 that a program took for Windows-1252.
};

/// What a spreadsheet says in one place.
struct Cell {
  std::string text;     ///< NFC; line ends inside as '\n'. A date is YYYY-MM-DD.
  std::string written;  ///< As it stood, where another encoding was read; else empty.
  Encoding encoding = Encoding::unicode;
  bool number = false;  ///< The program kept a number: its point is a decimal one.
  bool merged = false;  ///< Its value stands in the first of several merged cells.

  bool operator==(const Cell&) const = default;
};

/// Rows as in the file, the first being row 1 there; trailing empty cells are left out.
struct Sheet {
  std::string name;
  std::vector<std::vector<Cell>> rows;
};

}  // namespace nguon::server
