#pragma once

#include "ledger/base/result.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One sheet of an Office Open XML workbook (ECMA-376), written row by row: of the rows only one is
/// in memory, the others in a temporary file without a name. Not thread-safe.
class XlsxSheet {
 public:
  /// `title` is the sheet's name: ≤ 31 characters, none of `[]:*?/\`.
  static ledger::Result<std::unique_ptr<XlsxSheet>> open(const std::string& title);
  ~XlsxSheet();
  XlsxSheet(const XlsxSheet&) = delete;
  XlsxSheet& operator=(const XlsxSheet&) = delete;

  /// The first row, in bold, which stays on the screen.
  void add_headings(std::span<const std::string_view> headings);
  /// The next row. A cell is text and never a formula, whatever it begins with; or, where
  /// `is_number` says so and it has no more digits than a double holds, a number.
  void add(std::span<const std::string> cells, const std::vector<bool>& is_number);
  /// The whole file; nothing may follow. Errors: `export.failed` (Errc::unavailable).
  ledger::Result<std::string> finish();

 private:
  struct Parts;
  explicit XlsxSheet(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace nguon::server
