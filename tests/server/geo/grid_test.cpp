#include "server/geo/grid.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace nguon::server {
namespace {

TEST(Grid, ACellIsFarWiderThanAKilometre) {
  // A degree of latitude is 110.6 km at least, of longitude at 23.4° north 102 km.
  constexpr double narrowest_km = 102.0 * grid_step / 1e7;
  EXPECT_GT(narrowest_km, 5.0);
}

TEST(Grid, AllPlacesOfACellAreToldAlikeAndByNoneOfThem) {
  const GridCell cell = cell_of({212'000'000, 1'041'000'000});
  EXPECT_EQ(cell_of({212'499'999, 1'041'499'999}), cell);
  EXPECT_EQ(cell_of({212'000'000, 1'041'250'000}), cell);
  EXPECT_EQ(centre_of(cell), (GeoPoint{212'250'000, 1'041'250'000}));
  EXPECT_NE(cell_of({211'999'999, 1'041'000'000}), cell);
  EXPECT_NE(cell_of({212'000'000, 1'040'999'999}), cell);
  EXPECT_NE(cell_of({212'500'000, 1'041'000'000}), cell);
}

TEST(Grid, CellsHaveOneSizeOnBothSidesOfZeroAndAtTheEnds) {
  EXPECT_EQ(cell_of({-1, 0}), (GridCell{-1, 0}));
  EXPECT_EQ(cell_of({-grid_step, 0}), (GridCell{-1, 0}));
  EXPECT_EQ(cell_of({-grid_step - 1, 0}), (GridCell{-2, 0}));
  for (const std::int32_t lon : {-1'800'000'000, 1'800'000'000}) {
    const GeoPoint centre = centre_of(cell_of({900'000'000, lon}));
    EXPECT_LE(std::abs(std::int64_t{centre.lon} - lon), grid_step / 2);
  }
}

TEST(Grid, TheMiddleIsOfCellsAndAMisplacedOneDoesNotMoveItFar) {
  EXPECT_FALSE(middle_of({}));
  const GridCell here{424, 2082};
  EXPECT_EQ(middle_of({here}), centre_of(here));
  EXPECT_EQ(middle_of({here, {425, 2083}, here, {9000, -3000}}).value().lat % grid_step,
            grid_step / 2);
  EXPECT_EQ(middle_of({{0, 0}, here, here}), centre_of(here));
  EXPECT_EQ(middle_of({here, {9000, 3000}, here}), centre_of(here));
  EXPECT_EQ(middle_of({{424, 2082}, {425, 2083}, {426, 2081}}), centre_of({425, 2082}));
}

}  // namespace
}  // namespace nguon::server
