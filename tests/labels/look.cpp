#include "tests/labels/look.hpp"

#include <algorithm>
#include <cmath>

namespace nguon::labels {
namespace {

double pixel(const Grey& from, int x, int y) {
  const int column = std::clamp(x, 0, from.width - 1);
  const int row = std::clamp(y, 0, from.height - 1);
  return static_cast<double>(from.pixels[static_cast<std::size_t>(row * from.width + column)]);
}

unsigned char whole_shade(double value) {
  return static_cast<unsigned char>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// Every pixel three times as far from the mean of its five by five as it was.
Grey sharpened(const Grey& from) {
  constexpr int reach = 2;
  constexpr double strength = 2;
  constexpr double area = (2 * reach + 1) * (2 * reach + 1);
  Grey out{from.width, from.height, {}};
  out.pixels.reserve(from.pixels.size());
  for (int y = 0; y < from.height; ++y) {
    for (int x = 0; x < from.width; ++x) {
      double sum = 0;
      for (int dy = -reach; dy <= reach; ++dy) {
        for (int dx = -reach; dx <= reach; ++dx) sum += pixel(from, x + dx, y + dy);
      }
      const double here = pixel(from, x, y);
      out.pixels.push_back(whole_shade(here + strength * (here - sum / area)));
    }
  }
  return out;
}

Grey doubled(const Grey& from) {
  Grey out{2 * from.width, 2 * from.height, {}};
  out.pixels.reserve(4 * from.pixels.size());
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      // A new pixel lies a quarter from its old one towards the next.
      const int across = x % 2 == 0 ? -1 : 1;
      const int down = y % 2 == 0 ? -1 : 1;
      const auto row = [&](int at) {
        return 0.75 * pixel(from, x / 2, at) + 0.25 * pixel(from, x / 2 + across, at);
      };
      out.pixels.push_back(whole_shade(0.75 * row(y / 2) + 0.25 * row(y / 2 + down)));
    }
  }
  return out;
}

}  // namespace

Grey looked_at(const Grey& picture, Look look) {
  switch (look) {
    case Look::plain:
      return picture;
    case Look::sharpened:
      return sharpened(picture);
    case Look::doubled:
      return doubled(picture);
    case Look::both:
      return doubled(sharpened(picture));
  }
  return picture;
}

}  // namespace nguon::labels
