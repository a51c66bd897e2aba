#pragma once

#include "server/geo/ring.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace nguon::server {

/// A cell of the grid that a private place is told by, if at all: a twentieth of a degree each way,
/// some 5.5 km and 30 km² in Vietnam, as much as a small commune. All plots of a cell are told alike.
struct GridCell {
  std::int32_t row = 0;     ///< Northward from the equator.
  std::int32_t column = 0;  ///< Eastward from Greenwich.

  bool operator==(const GridCell&) const = default;
};

inline constexpr std::int32_t grid_step = 500'000;  ///< In units of 1e-7 degree.

GridCell cell_of(GeoPoint point);
GeoPoint centre_of(GridCell cell);

/// The centre of the median row and column, which one misplaced plot does not move far: made of
/// cells alone, it says no more than they do. Absent for none.
std::optional<GeoPoint> middle_of(std::vector<GridCell> cells);

}  // namespace nguon::server
