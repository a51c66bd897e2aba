#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace nguon::ledger {

/// One row of a table that people read: its first cell, and the others by their column's heading.
struct PlainRow {
  std::string name;
  std::map<std::string, std::string> cells;
};

/// The Markdown table of `file` whose heading row begins with `heading` ("| type | operator");
/// empty when there is none.
inline std::vector<PlainRow> plain_table(const std::string& file, const std::string& heading) {
  const auto cells_of = [](const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in(line.substr(1));
    for (std::string cell; std::getline(in, cell, '|');) {
      const auto first = cell.find_first_not_of(' ');
      const auto last = cell.find_last_not_of(' ');
      cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    return cells;
  };
  std::ifstream in(file);
  std::vector<PlainRow> rows;
  std::vector<std::string> heads;
  for (std::string line; std::getline(in, line);) {
    if (heads.empty()) {
      if (line.starts_with(heading)) heads = cells_of(line);
      continue;
    }
    if (!line.starts_with('|')) break;
    if (line.starts_with("|---")) continue;
    const auto cells = cells_of(line);
    PlainRow row{cells.front(), {}};
    for (std::size_t i = 1; i < cells.size() && i < heads.size(); ++i)
      row.cells[heads[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace nguon::ledger
