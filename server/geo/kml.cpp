#include "server/geo/map_file.hpp"
#include "server/sheets/xml.hpp"

#include <charconv>

namespace nguon::server {
namespace {

using ledger::Result;

/// Collects polygons while the document goes by.
class KmlReader {
 public:
  void begin(std::string_view name) {
    if (name == "Placemark") {
      placemark_ = true;
      name_.clear();
    } else if (name == "Polygon") {
      outer_.clear();
      holes_ = false;
    } else if (name == "outerBoundaryIs") {
      in_outer_ = true;
    } else if (name == "innerBoundaryIs") {
      holes_ = true;
    }
    // A Placemark's name may stand after its geometry, so names are given at its end.
    taking_ = name == "coordinates" && in_outer_ ? &outer_
              : name == "name" && placemark_     ? &name_
                                                 : nullptr;
  }

  void end(std::string_view name) {
    taking_ = nullptr;
    if (name == "outerBoundaryIs") in_outer_ = false;
    if (name == "Polygon") polygon();
    if (name != "Placemark") return;
    placemark_ = false;
    for (; named_ < outlines_.size(); ++named_) outlines_[named_].name = name_;
  }

  void text(std::string_view piece) {
    if (taking_ != nullptr) taking_->append(piece);
  }

  Result<std::vector<Outline>> finish() {
    if (!failed_.empty()) return ledger::invalid(failed_);
    if (outlines_.empty()) return ledger::invalid("geo.none");
    std::vector<Outline> made;
    for (const Shape& shape : outlines_) {
      NGUON_TRY(auto outline, make_outline(shape.name, shape.points, shape.holes));
      made.push_back(std::move(outline));
    }
    return made;
  }

 private:
  struct Shape {
    std::string name;
    std::vector<RawPoint> points;
    bool holes = false;
  };

  void fail(const char* rule) {
    if (failed_.empty()) failed_ = rule;
  }

  void polygon() {
    Shape shape{{}, {}, holes_};
    std::string_view rest = outer_;
    static constexpr std::string_view blanks = " \t\r\n";
    while (failed_.empty()) {
      const auto at = rest.find_first_not_of(blanks);
      if (at == std::string_view::npos) break;
      rest.remove_prefix(at);
      const auto tuple = rest.substr(0, rest.find_first_of(blanks));
      rest.remove_prefix(tuple.size());
      point(shape, tuple);
    }
    if (shape.points.empty() || outlines_.size() == max_outlines) {
      return fail(shape.points.empty() ? "geo.shape" : "geo.too-large");
    }
    outlines_.push_back(std::move(shape));
  }

  /// KML 2.3 §12.2: longitude, latitude and perhaps an altitude, with commas and no blank.
  void point(Shape& shape, std::string_view tuple) {
    if (++points_ > max_map_points) return fail("geo.too-large");
    RawPoint made;
    const char* const end = tuple.data() + tuple.size();
    const auto lon = std::from_chars(tuple.data(), end, made.lon);
    if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return fail("geo.shape");
    const auto lat = std::from_chars(lon.ptr + 1, end, made.lat);
    if (lat.ec != std::errc() || (lat.ptr != end && *lat.ptr != ',')) return fail("geo.shape");
    shape.points.push_back(made);
  }

  std::vector<Shape> outlines_;
  std::size_t named_ = 0;  // Of outlines_: those before it have their names.
  std::size_t points_ = 0;
  std::string failed_;
  std::string name_;
  std::string outer_;
  std::string* taking_ = nullptr;
  bool placemark_ = false;
  bool in_outer_ = false;
  bool holes_ = false;
};

}  // namespace

Result<std::vector<Outline>> read_kml(std::string_view text) {
  if (text.size() > max_map_octets) return ledger::invalid("geo.too-large");
  KmlReader reader;
  NGUON_CHECK(walk_xml(text, {[&](std::string_view name, const auto&) { reader.begin(name); },
                              [&](std::string_view name) { reader.end(name); },
                              [&](std::string_view piece) { reader.text(piece); }}));
  return reader.finish();
}

}  // namespace nguon::server
