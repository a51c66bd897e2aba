#pragma once

#include "server/sheets/plan.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One row of a table, by what its columns say.
struct RowView {
  const std::vector<Cell>& cells;
  const Table& table;
  std::size_t row;  ///< From 1.

  /// An empty cell where there is no such column.
  const Cell& at(Column column) const;
  /// From 1; 0: there is none.
  std::size_t number_of(Column column) const;
  bool names_plot() const;
  /// Of a plot a code alone: mostly one more of the plot above.
  bool names_only_codes() const;
  /// About one cell, without answers.
  Doubt doubt(std::string_view kind, Column column) const;
};

}  // namespace nguon::server
