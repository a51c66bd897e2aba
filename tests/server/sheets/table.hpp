#pragma once

#include "server/sheets/plan.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::tests {

/// A table and what is made of it (all names are invented):
///
///   Table table("Họ tên | Điện thoại | Diện tích (ha)");
///   table.row("Lò Thị Mẫu | 0912345678 | 1,5");
///   table.member(0)      -> {"kind":"member","name":"Lò Thị Mẫu","phone":"0912345678"}
///   table.doubts()       -> "area.point@2 1.200 -> 1200 m²/1,2 ha/-"
struct Table {
  explicit Table(std::string_view headings) { row(headings); }

  /// Cells between bars; `^` is merged with the cell above, `<` with the one before, `#1.5` a
  /// number that a program kept.
  Table& row(std::string_view text) {
    std::vector<server::Cell> cells;
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('|', at), text.size());
      std::string_view said = text.substr(at, end - at);
      while (said.starts_with(' ')) said.remove_prefix(1);
      while (said.ends_with(' ')) said.remove_suffix(1);
      server::Cell cell;
      if (said == "^") {
        cell = sheet().rows.back().at(cells.size());
        cell.merged = true;
      } else if (said == "<") {
        cell = cells.back();
        cell.merged = true;
      } else if (said.starts_with('#')) {
        cell.text = said.substr(1);
        cell.number = true;
      } else {
        cell.text = said;
      }
      cells.push_back(std::move(cell));
      at = end + 1;
    }
    sheet().rows.push_back(std::move(cells));
    return *this;
  }
  server::Sheet& sheet() { return book.sheets.back(); }

  server::Plan plan() { return server::make_plan(book, choices, known); }
  std::string member(std::size_t at) { return boost::json::serialize(plan().members.at(at).said); }
  std::string plot(std::size_t at) { return boost::json::serialize(plan().plots.at(at).said); }

  /// One line a doubt, those aside that every table with plots has: kind, rows, what stood,
  /// answers.
  std::string doubts() {
    std::string text;
    for (const auto& doubt : plan().doubts) {
      if (doubt.kind == "plot.commune" || doubt.kind == "plot.unnamed" ||
          doubt.kind == "plot.nowhere")
        continue;
      text += doubt.kind + '@';
      for (const auto row : doubt.rows) text += std::to_string(row) + ',';
      if (text.ends_with(',')) text.pop_back();
      text += ' ' + doubt.stood + " -> ";
      for (const auto& answer : doubt.answers)
        text += (answer.what.empty() ? answer.name : answer.what) + '/';
      text.back() = '\n';
    }
    return text;
  }

  server::Workbook book{{server::Sheet{"Sheet1", {}}}, server::Encoding::unicode};
  server::TableChoices choices;
  server::Known known{{}, {}, "04132", {2026, 9, 25}};
};

}  // namespace nguon::tests
