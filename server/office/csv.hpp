#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nguon::server {

/// U+FEFF: without it spreadsheet programs take UTF-8 for the machine's own code page.
inline constexpr std::string_view csv_beginning = "\xEF\xBB\xBF";

/// Adds one record (RFC 4180): cells apart by commas, CRLF at the end, quotes where a cell holds a
/// comma, a quote or a line break. A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return gets an apostrophe in front, or a spreadsheet program would compute it (OWASP, CSV
/// injection); whoever reads the file back takes that one away.
void add_csv_record(std::string& csv, std::span<const std::string> cells);

}  // namespace nguon::server
