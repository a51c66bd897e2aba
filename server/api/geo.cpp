#include "server/api/geo.hpp"

#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/geo/map_file.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

std::string_view doubt_name(OutlineDoubt doubt) {
  static constexpr std::array<std::string_view, 7> names{
      "holes", "swapped", "closed", "repeated", "too_many", "crosses", "far_away"};
  return names[static_cast<std::size_t>(doubt)];
}

json::object outline_json(const Outline& outline) {
  json::array ring;
  for (const GeoPoint& point : outline.ring) {
    ring.push_back(json::object{{"lat", point.lat}, {"lon", point.lon}});
  }
  json::array doubts;
  for (const OutlineDoubt doubt : outline.doubts) doubts.emplace_back(doubt_name(doubt));
  const bool usable = std::ranges::none_of(outline.doubts, [](OutlineDoubt doubt) {
    return doubt == OutlineDoubt::crosses || doubt == OutlineDoubt::too_many;
  });
  json::object said{
      {"name", outline.name}, {"ring", std::move(ring)}, {"doubts", std::move(doubts)}};
  if (usable) said["area_m2"] = std::llround(area_m2(outline.ring));
  return said;
}

}  // namespace

DeferredHandler post_office_geo(const ApiServices& services, SessionDesk& sessions) {
  return [services, &sessions](Request& request, const PathParams&, Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    auto task = [&problems = services.problems, respond, text = std::move(request.body)] {
      const auto outlines = read_map(text);
      if (!outlines) return respond(problems.response(outlines.error()));
      json::array said;
      for (const Outline& outline : *outlines) said.push_back(outline_json(outline));
      respond(unkept_reply({{"outlines", std::move(said)}}));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
