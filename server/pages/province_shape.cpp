#include "server/pages/province_shape.hpp"

#include "server/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace nguon::server {
namespace {

[[noreturn]] void malformed() { throw std::logic_error("outlines: malformed"); }

int take_number(std::string_view& text) {
  int number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc()) malformed();
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::string_view take_text(std::string_view& line) {
  const std::string_view text = line.substr(0, line.find('\t'));
  line.remove_prefix(std::min(line.size(), text.size() + 1));
  return text;
}

int take_field(std::string_view& line) {
  std::string_view text = take_text(line);
  return take_number(text);
}

/// `M` and a place, `l` and steps from there, `z`; blanks only where no minus parts two numbers.
std::vector<std::vector<Pixel>> rings_of(std::string_view path) {
  std::vector<std::vector<Pixel>> rings;
  Pixel at;
  while (!path.empty()) {
    const char letter = path.front();
    if (letter == 'M') {
      rings.emplace_back();
      at = {};
    }
    if (letter == 'M' || letter == 'l' || letter == 'z' || letter == ' ') {
      path.remove_prefix(1);
      continue;
    }
    at.x += take_number(path);
    if (path.starts_with(' ')) path.remove_prefix(1);
    at.y += take_number(path);
    if (rings.empty()) malformed();
    rings.back().push_back(at);
  }
  return rings;
}

std::vector<ProvinceShape> read_shapes(std::string_view text) {
  std::vector<ProvinceShape> read;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    ProvinceShape shape;
    shape.province = take_text(line);
    shape.width = take_field(line);
    shape.height = take_field(line);
    shape.corner.lon = take_field(line);
    shape.corner.lat = take_field(line);
    shape.pixel.lon = take_field(line);
    shape.pixel.lat = take_field(line);
    shape.zone = take_text(line);
    shape.path = take_text(line);
    shape.rings = rings_of(shape.path);
    read.push_back(std::move(shape));
  }
  return read;
}

int steps_between(std::int32_t from, std::int32_t to, std::int32_t step) {
  return static_cast<int>(std::lround((static_cast<double>(to) - from) / step));
}

double distance_to(Pixel place, Pixel a, Pixel b) {
  const double along_x = b.x - a.x, along_y = b.y - a.y;
  const double square = along_x * along_x + along_y * along_y;
  const double part =
      square > 0 ? ((place.x - a.x) * along_x + (place.y - a.y) * along_y) / square : 0;
  const double at = std::clamp(part, 0.0, 1.0);
  return std::hypot(a.x + at * along_x - place.x, a.y + at * along_y - place.y);
}

/// Whether a line from the place to the right crosses this edge.
bool crosses(Pixel place, Pixel a, Pixel b) {
  if ((a.y > place.y) == (b.y > place.y)) return false;
  const double x = a.x + static_cast<double>(place.y - a.y) * (b.x - a.x) / (b.y - a.y);
  return place.x < x;
}

}  // namespace

std::span<const ProvinceShape> province_shapes() {
  static const std::vector<ProvinceShape> table = read_shapes(embedded_outlines);
  return table;
}

const ProvinceShape* find_shape(std::string_view province) {
  const auto found = std::ranges::lower_bound(province_shapes(), province, {}, &ProvinceShape::province);
  return found != province_shapes().end() && found->province == province ? &*found : nullptr;
}

Pixel pixel_of(const ProvinceShape& shape, GeoPoint point) {
  return {steps_between(shape.corner.lon, point.lon, shape.pixel.lon),
          steps_between(point.lat, shape.corner.lat, shape.pixel.lat)};
}

bool lies_on(const ProvinceShape& shape, Pixel place) {
  bool inside = false;
  for (const auto& ring : shape.rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Pixel a = ring[i];
      const Pixel b = ring[(i + 1) % ring.size()];
      if (distance_to(place, a, b) <= shore_pixels) return true;
      if (crosses(place, a, b)) inside = !inside;
    }
  }
  return inside;
}

}  // namespace nguon::server
