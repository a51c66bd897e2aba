#pragma once

#include "ledger/base/result.hpp"
#include "server/sheets/grid.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The parts of an Office Open XML workbook (ECMA-376 Part 1 §18), each read alone.
namespace nguon::server {

/// `xl/sharedStrings.xml`: the texts, without their phonetic readings.
ledger::Result<std::vector<std::string>> read_shared_strings(std::string_view xml);

/// `xl/styles.xml`: which cell styles show their number as a day.
ledger::Result<std::vector<bool>> read_date_styles(std::string_view xml);

/// `xl/workbook.xml`.
struct BookPart {
  struct Named {
    std::string name;
    std::string relation;  ///< Of `xl/_rels/workbook.xml.rels`.
  };
  std::vector<Named> sheets;
  bool since_1904 = false;  ///< Day 0 is 1904-01-01.
};
ledger::Result<BookPart> read_book_part(std::string_view xml);

/// What a sheet's cells refer to.
struct CellContext {
  const std::vector<std::string>& strings;
  const std::vector<bool>& date_styles;
  bool since_1904 = false;
};
/// `xl/worksheets/…xml`. Errors: `sheet.rows`, `sheet.columns`, `sheet.xlsx`, `xml.*`.
ledger::Result<Sheet> read_sheet_part(std::string_view xml, const CellContext& context);

/// YYYY-MM-DD of a serial number of days (§18.17.4.1; 1900's leap day that never was included).
/// Absent before 1900-03-01, where programs differ, and after 9999.
std::optional<std::string> day_of_serial(double serial, bool since_1904);

/// "B3" is {3, 2}: row, column, from 1. Absent where it is none.
struct CellPlace {
  std::size_t row = 0;
  std::size_t column = 0;
};
std::optional<CellPlace> read_cell_place(std::string_view text);

}  // namespace nguon::server
