// Texts of offices: any octets make a table within limits, or are refused.
#include "server/sheets/cell_text.hpp"
#include "server/sheets/workbook.hpp"

#include <cstdlib>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const auto book = read_csv({reinterpret_cast<const char*>(data), size});
  if (!book) return 0;
  if (book->sheets.size() != 1) std::abort();
  for (const auto& row : book->sheets[0].rows) {
    if (row.size() > max_sheet_columns) std::abort();
    if (!row.empty() && row.back().text.empty()) std::abort();
    for (const Cell& cell : row) {
      // What is kept is clean already.
      if (clean_lines(cell.text, max_cell_text) != cell.text) std::abort();
    }
  }
  return 0;
}
