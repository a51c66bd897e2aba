#include "server/geo/grid.hpp"
#include "server/pages/province_shape.hpp"
#include "server/pages/parts.hpp"

#include "schemas/places.hpp"

#include <algorithm>
#include <string>

namespace nguon::server {
namespace {

/// A special zone of which no outline is known stands beside the province, framed, as on printed
/// maps.
constexpr int frame_width = 84, frame_height = 46, frame_gap = 8;

std::string_view map_heading(const std::string& site_kind) {
  if (site_kind == "plot") return "map.plot";
  return site_kind == "barn" ? "map.barn" : "map.other";
}

/// Where the dot stands: amid those of the cells that are the province's at all.
std::optional<Pixel> dot_on(const ProvinceShape& shape, std::vector<GridCell> cells) {
  std::erase_if(cells, [&](GridCell cell) {
    return !lies_on(shape, pixel_of(shape, centre_of(cell)));
  });
  const auto middle = middle_of(std::move(cells));
  if (!middle) return std::nullopt;
  const Pixel dot = pixel_of(shape, *middle);
  return lies_on(shape, dot) ? std::optional(dot) : std::nullopt;
}

Html& operator<<(Html& html, int number) { return html << esc(std::to_string(number)); }

/// "Đặc khu" over "Hoàng Sa".
void write_frame(Html& html, const ProvinceShape& shape, std::string_view zone) {
  const std::size_t kind_end = std::min(zone.find(' ', zone.find(' ') + 1), zone.size());
  const int left = shape.width + frame_gap, top = shape.height - frame_height - 1;
  const auto line = [&](int down, std::string_view words) {
    html << R"(<text x=")" << left + frame_width / 2 << R"(" y=")" << top + down << R"(">)"
         << esc(words) << "</text>";
  };
  html << R"(<rect x=")" << left << R"(" y=")" << top << R"(" width=")" << frame_width
       << R"(" height=")" << frame_height << R"("/>)";
  line(19, zone.substr(0, kind_end));
  line(36, zone.substr(std::min(kind_end + 1, zone.size())));
}

}  // namespace

void write_map(Html& html, const PageContext& context, const MapView& map,
               std::string_view commune) {
  const ProvinceShape* const shape = find_shape(map.province);
  const auto province = schemas::find_province(map.province);
  if (shape == nullptr || !province) return;
  const Catalogue& texts = context.texts();
  const auto zone = schemas::find_commune(shape->zone);
  const auto dot = commune.empty() ? std::nullopt : dot_on(*shape, map.cells);
  const int width = shape->width + (zone ? frame_gap + frame_width + 1 : 0);
  html << R"(<section class="deep" id="map"><h2>)" << esc(texts[map_heading(map.site_kind)])
       << R"(</h2><svg class="map" role="img" width=")" << width << R"(" height=")"
       << shape->height << R"(" viewBox="0 0 )" << width << " " << shape->height
       << R"("><title>)"
       << esc(texts.fill(dot ? "map.title.dot" : "map.title",
                         {{"province", province->name}, {"commune", commune}}))
       << R"(</title><path d=")" << esc(shape->path) << R"("/>)";
  if (zone) write_frame(html, *shape, zone->name);
  if (dot) {
    html << R"(<circle cx=")" << dot->x << R"(" cy=")" << dot->y << R"(" r="6"/>)";
  }
  html << "</svg><p>" << esc(place_line(commune, province->name)) << "</p>";
  if (dot) html << R"(<p class="soft">)" << esc(texts["map.dot"]) << "</p>";
  if (zone) {
    html << R"(<p class="soft">)" << esc(texts.fill("map.frame", {{"zone", zone->name}})) << "</p>";
  }
  html << "</section>";
}

}  // namespace nguon::server
