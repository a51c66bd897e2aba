#include "server/geo/grid.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

/// Rounds down below zero too, or the cells at zero were twice as wide.
std::int32_t step_below(std::int32_t degrees) {
  return degrees / grid_step - (degrees % grid_step < 0 ? 1 : 0);
}

}  // namespace

GridCell cell_of(GeoPoint point) { return {step_below(point.lat), step_below(point.lon)}; }

GeoPoint centre_of(GridCell cell) {
  return {cell.row * grid_step + grid_step / 2, cell.column * grid_step + grid_step / 2};
}

std::optional<GeoPoint> middle_of(std::vector<GridCell> cells) {
  if (cells.empty()) return std::nullopt;
  const auto middle = cells.begin() + static_cast<std::ptrdiff_t>(cells.size() / 2);
  std::ranges::nth_element(cells, middle, {}, &GridCell::row);
  const std::int32_t row = middle->row;
  std::ranges::nth_element(cells, middle, {}, &GridCell::column);
  return centre_of({row, middle->column});
}

}  // namespace nguon::server
