#pragma once

#include "server/geo/ring.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace nguon::server {

/// A place on a drawing, from its upper left corner.
struct Pixel {
  int x = 0;
  int y = 0;
};

/// A province as outlines/provinces.tsv draws it: latitude and longitude are straight, a pixel is as
/// far east as north in its middle. Views live for the whole process.
struct ProvinceShape {
  std::string_view province;  ///< Code of schemas/places.
  int width = 0;
  int height = 0;
  GeoPoint corner;         ///< Upper left.
  GeoPoint pixel;          ///< What one pixel is, 1e-7 degree.
  std::string_view zone;   ///< Code of its special zone that no outline is known of, or empty.
  std::string_view path;   ///< SVG path data.
  std::vector<std::vector<Pixel>> rings;  ///< The same; the first corner is not repeated.
};

/// Ascending by code. Thread-safe.
std::span<const ProvinceShape> province_shapes();
/// Null for a code without one.
const ProvinceShape* find_shape(std::string_view province);

Pixel pixel_of(const ProvinceShape& shape, GeoPoint point);

/// How far outside a place may be drawn: outlines are rough, and a cell's centre may lie in the sea.
inline constexpr int shore_pixels = 6;
/// Whether a place is inside, or no further out than that.
bool lies_on(const ProvinceShape& shape, Pixel place);

}  // namespace nguon::server
