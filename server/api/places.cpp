#include "server/api/places.hpp"

#include "schemas/place_search.hpp"
#include "server/api/documents.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::size_t max_typed = 200;
constexpr std::size_t max_found = 20;

json::object show(const schemas::PlaceMatch& match) {
  json::object place{{"code", match.place.code},
                     {"name", match.place.name},
                     {"province", match.place.province},
                     {"province_name", schemas::find_province(match.place.province)->name}};
  if (match.former) {
    place["was"] = {{"name", match.former->name},
                    {"district", match.former->district},
                    {"province", match.former->province},
                    {"part", match.former->part}};
  }
  return place;
}

}  // namespace

InlineHandler get_places(const Problems& problems) {
  return [&problems](const Request& request, const PathParams&) -> Response {
    const auto typed = request.query_value("q");
    if (!typed || typed->size() > max_typed) {
      return problems.response({ledger::Errc::invalid, "places.query", {}, {}});
    }
    json::array places;
    if (const auto known = schemas::find_commune(*typed)) {
      places.emplace_back(show({*known, std::nullopt}));
    }
    for (const auto& match : schemas::search_places(*typed, max_found)) {
      places.emplace_back(show(match));
    }
    return tagged_reply(
        request, "application/json",
        json::serialize(json::object{{"vintage", schemas::places_vintage}, {"places", places}}));
  };
}

}  // namespace nguon::server
