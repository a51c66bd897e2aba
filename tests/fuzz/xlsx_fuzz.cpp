// Workbooks: the archive as a whole, and each of its parts as if it came out of one.
#include "server/sheets/workbook.hpp"
#include "server/sheets/xlsx_parts.hpp"

#include <cstdlib>
#include <string_view>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8192) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  (void)read_workbook(octets);
  (void)read_book_part(octets);
  (void)read_shared_strings(octets);
  (void)read_date_styles(octets);
  const std::vector<std::string> strings{"Họ tên", "NguyÔn"};
  const std::vector<bool> dates{false, true};
  const auto sheet = read_sheet_part(octets, {strings, dates, false});
  if (!sheet) return 0;
  if (sheet->rows.size() > max_sheet_rows) std::abort();
  for (const auto& row : sheet->rows) {
    if (row.size() > max_sheet_columns) std::abort();
  }
  return 0;
}
