#pragma once

#include "server/sheets/plan.hpp"
#include "server/sheets/row_view.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Whether a cell may hold a code: all have a digit, and "0", "chưa có" or a stroke say none.
bool tells_code(std::string_view text);

/// Codes that others gave a plot, as a table has them: verbatim, several in a cell, with the issuer
/// beside them. Into a plot's `said.codes`: `code` and `status`, and `scheme` and `issuer` as far
/// as the table tells them; for the others stand `said.scheme` and `said.issuer`, which are asked
/// once. A code that nobody gave an issuer is left out.
class CodeReader {
 public:
  explicit CodeReader(Plan& plan) : plan_(plan) {}

  void read(const RowView& view, std::size_t plot);
  /// A row that says nothing but a further code of the plot above it.
  void read_below(const RowView& view, std::size_t plot);
  /// Asks once what the whole table does not say. After the last row.
  void finish();

 private:
  void leave_out(const RowView& view, Column column, std::size_t plot);
  void ask_about_nothing(const RowView& view, std::size_t plot);
  void ask_about_status();
  void ask_for_issuers();
  void ask_for_schemes();

  Plan& plan_;
  std::map<std::string, std::size_t> nothings_;  // By words that say there is none: their doubt.
  std::map<std::size_t, std::size_t> below_;     // By plot: its doubt of codes below.
  Doubt paired_;
};

}  // namespace nguon::server
