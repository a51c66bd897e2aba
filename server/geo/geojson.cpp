#include "ledger/base/json.hpp"
#include "server/geo/map_file.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Result;

// Deeper than any geometry is; properties may hold what they like.
constexpr ledger::JsonLimits map_limits{32, false, false};

/// "urn:ogc:def:crs:OGC:1.3:CRS84" and EPSG 4326 are WGS 84 in degrees; VN-2000 is metres.
bool is_wgs84(const json::value& crs) {
  const std::string text = json::serialize(crs);
  return text == "null" || text.find("CRS84") != std::string::npos ||
         text.find("4326") != std::string::npos;
}

std::string geojson_name(const json::object& feature) {
  const auto* properties = feature.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return {};
  for (const auto* key : {"name", "Name", "ten", "title", "id"}) {
    const auto* value = properties->get_object().if_contains(key);
    if (value == nullptr) continue;
    if (value->is_string()) return std::string(value->get_string());
    if (value->is_int64()) return std::to_string(value->get_int64());
  }
  return {};
}

class GeojsonReader {
 public:
  Result<void> object(const json::value& value, const std::string& name) {
    if (!value.is_object()) return ledger::invalid("geo.shape");
    const json::object& held = value.get_object();
    const auto* crs = held.if_contains("crs");
    if (crs != nullptr && !is_wgs84(*crs)) return ledger::invalid("geo.crs");
    const auto* kind = held.if_contains("type");
    if (kind == nullptr || !kind->is_string()) return ledger::invalid("geo.shape");
    const std::string_view type = kind->get_string();
    if (type == "FeatureCollection") return each(held, "features", name);
    if (type == "GeometryCollection") return each(held, "geometries", name);
    if (type == "Feature") {
      const auto* geometry = held.if_contains("geometry");
      if (geometry == nullptr) return ledger::invalid("geo.shape");
      // RFC 7946 §3.2: a feature that lies nowhere.
      if (geometry->is_null()) return {};
      return object(*geometry, geojson_name(held));
    }
    const auto* coordinates = held.if_contains("coordinates");
    if (coordinates == nullptr || !coordinates->is_array()) return ledger::invalid("geo.shape");
    if (type == "Polygon") return polygon(coordinates->get_array(), name);
    if (type != "MultiPolygon") return {};
    for (const json::value& part : coordinates->get_array()) {
      if (!part.is_array()) return ledger::invalid("geo.shape");
      NGUON_CHECK(polygon(part.get_array(), name));
    }
    return {};
  }

  std::vector<Outline> outlines;

 private:
  Result<void> each(const json::object& held, std::string_view key, const std::string& name) {
    const auto* list = held.if_contains(key);
    if (list == nullptr || !list->is_array()) return ledger::invalid("geo.shape");
    for (const json::value& one : list->get_array()) {
      NGUON_CHECK(object(one, name));
    }
    return {};
  }

  Result<void> polygon(const json::array& rings, const std::string& name) {
    // RFC 7946 §3.1: an empty coordinates array is a null object.
    if (rings.empty()) return {};
    if (!rings[0].is_array() || rings[0].get_array().empty()) return ledger::invalid("geo.shape");
    std::vector<RawPoint> points;
    for (const json::value& position : rings[0].get_array()) {
      if (++points_ > max_map_points) return ledger::invalid("geo.too-large");
      if (!position.is_array() || position.get_array().size() < 2) {
        return ledger::invalid("geo.shape");
      }
      boost::system::error_code no_lon;
      boost::system::error_code no_lat;
      const auto lon = position.get_array()[0].to_number<double>(no_lon);
      const auto lat = position.get_array()[1].to_number<double>(no_lat);
      if (no_lon || no_lat) return ledger::invalid("geo.shape");
      points.push_back({lon, lat});
    }
    if (outlines.size() == max_outlines) return ledger::invalid("geo.too-large");
    NGUON_TRY(auto outline, make_outline(name, points, rings.size() > 1));
    outlines.push_back(std::move(outline));
    return {};
  }

  std::size_t points_ = 0;
};

}  // namespace

Result<std::vector<Outline>> read_geojson(std::string_view text) {
  if (text.size() > max_map_octets) return ledger::invalid("geo.too-large");
  NGUON_TRY(const auto value, ledger::parse_json(text, map_limits));
  GeojsonReader reader;
  NGUON_CHECK(reader.object(value, {}));
  if (reader.outlines.empty()) return ledger::invalid("geo.none");
  return std::move(reader.outlines);
}

}  // namespace nguon::server
