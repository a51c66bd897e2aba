#include "server/office/csv.hpp"

namespace nguon::server {
namespace {

bool may_be_computed(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

void add_csv_record(std::string& csv, std::span<const std::string> cells) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) csv += ',';
    first = false;
    const bool quoted = cell.find_first_of(",\"\r\n") != std::string::npos;
    if (quoted) csv += '"';
    if (may_be_computed(cell)) csv += '\'';
    for (const char c : cell) {
      if (c == '"') csv += '"';
      csv += c;
    }
    if (quoted) csv += '"';
  }
  csv += "\r\n";
}

}  // namespace nguon::server
