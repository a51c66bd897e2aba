#pragma once

#include "server/sheets/grid.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a column of a table of members says.
enum class Column : std::uint8_t {
  left,    ///< Nothing that is taken over.
  number,  ///< Running number.
  name,
  phone,
  kind,
  address,  ///< From hamlet to province in one.
  hamlet,
  commune,
  district,
  province,
  joined,
  plot,  ///< Its name.
  area,
  crop,
  variety,
  planted,
  code,    ///< Of the plot: planting-area or other codes, several in one cell.
  issuer,  ///< Of those codes.
};

inline constexpr std::array<std::string_view, 18> column_names{
    "left",     "number", "name", "phone", "kind", "address", "hamlet",  "commune", "district",
    "province", "joined", "plot", "area",  "crop", "variety", "planted", "code",    "issuer"};

std::optional<Column> column_of(std::string_view name);

/// Units of land. One sào is 360 m² in the north, 500 m² in the centre; a công of the south is
/// 1,000.
enum class AreaUnit : std::uint8_t { m2, ha, sao_north, sao_centre, cong, sao };

inline constexpr std::array<std::string_view, 6> area_unit_names{"m2",         "ha",   "sao_north",
                                                                 "sao_centre", "cong", "sao"};

std::optional<AreaUnit> area_unit_of(std::string_view name);

/// A unit that a heading or the end of a cell names, `text` folded; absent: none.
std::optional<AreaUnit> unit_named(std::string_view folded);

/// What a heading says, Vietnamese or English, with or without marks; left where it is unknown.
Column column_headed(std::string_view heading);

/// Where a sheet's table is.
struct Table {
  bool found = false;      ///< A row of headings with a name among them.
  std::size_t header = 0;  ///< Rows up to this one are above the members; counted from 1.
  std::vector<Column> columns;
  std::vector<std::string> headings;   ///< By column; empty where there is none.
  std::optional<AreaUnit> unit;        ///< Of areas whose cell names none, never `sao`.
  AreaUnit sao = AreaUnit::sao_north;  ///< What "sào" means here.
};

/// The row of the first 40 with most headings, and the one above or below it where both have some.
/// Of two columns headed alike the first counts.
Table find_table(const Sheet& sheet);
/// The same where a person said the row.
Table table_at(const Sheet& sheet, std::size_t header);

}  // namespace nguon::server
