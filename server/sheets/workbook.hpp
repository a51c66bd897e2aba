#pragma once

#include "ledger/base/result.hpp"
#include "server/sheets/grid.hpp"

#include <string_view>
#include <vector>

namespace nguon::server {

/// What a file of an office holds.
struct Workbook {
  std::vector<Sheet> sheets;           ///< In the file's order; hidden ones too. At least one.
  Encoding usual = Encoding::unicode;  ///< What most of its cells beyond ASCII were written in.
};

inline ledger::Error sheet_too_large() {
  return {ledger::Errc::too_large, "sheet.too-large", {}, {}};
}

/// A CSV or TSV text (RFC 4180, also apart by `;` or tabs), UTF-8 or UTF-16 with or without a mark,
/// or an older encoding of Vietnamese, cell by cell (legacy.hpp). Errors: `sheet.too-large`,
/// `sheet.rows`, `sheet.columns`, `sheet.kind` (no text).
ledger::Result<Workbook> read_csv(std::string_view octets);

/// An Office Open XML workbook (ECMA-376 Part 1 §18). Formulas give their kept value, dates ISO
/// days, merged cells the value of their first. Errors: `sheet.xlsx` (no workbook in it, or
/// broken), `sheet.too-large` (also of what it unpacks to), `sheet.rows`, `sheet.columns`, `xml.*`.
ledger::Result<Workbook> read_xlsx(std::string_view octets);

/// Either, by its first octets. Errors: also `sheet.xls` (OLE2: an .xls, or one with a password)
/// and `sheet.kind` (anything else that is no text).
ledger::Result<Workbook> read_workbook(std::string_view octets);

}  // namespace nguon::server
