#include "server/api/documents.hpp"

#include "schemas/embedded.hpp"
#include "server/api/conditional.hpp"
#include "server/embedded.hpp"

#include <string>
#include <utility>

namespace nguon::server {
namespace {

/// Nobody's serials belong in a search index; the start page does.
constexpr std::string_view robots = "User-agent: *\nAllow: /$\nDisallow: /\n";
constexpr std::string_view hour = "public, max-age=3600";

}  // namespace

Response tagged_reply(const Request& request, std::string_view content_type,
                      std::string_view body) {
  Response response = reply(200, std::string(content_type), std::string(body));
  response.cache_control = hour;
  return conditional(if_none_match(request), std::move(response));
}

InlineHandler get_schema(const Problems& problems) {
  return [&problems](const Request& request, const PathParams& params) -> Response {
    const auto text = schemas::embedded_file("types/" + std::string(params["name"]));
    if (!text) return problems.response({ledger::Errc::not_found, "schema.not-found", {}, {}});
    return tagged_reply(request, "application/schema+json", *text);
  };
}

InlineHandler get_openapi() {
  return [](const Request& request, const PathParams&) {
    return tagged_reply(request, "application/json",
                        schemas::embedded_file("openapi.json").value());
  };
}

InlineHandler get_robots() {
  return [](const Request& request, const PathParams&) {
    return tagged_reply(request, "text/plain; charset=utf-8", robots);
  };
}

InlineHandler get_favicon() {
  return [](const Request& request, const PathParams&) {
    return tagged_reply(request, "image/svg+xml", embedded_favicon_svg);
  };
}

}  // namespace nguon::server
