#include "server/api/documents.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "schemas/embedded.hpp"
#include "server/embedded.hpp"

#include <string>

namespace nguon::server {
namespace {

/// Nobody's serials belong in a search index; the start page does.
constexpr std::string_view robots = "User-agent: *\nAllow: /$\nDisallow: /\n";
constexpr std::string_view hour = "public, max-age=3600";

}  // namespace

Response tagged_reply(const Request& request, std::string_view content_type,
                      std::string_view body) {
  const ledger::Hash hash = ledger::sha256(body);
  const std::string tag = '"' + ledger::base64url_encode(hash.view().substr(0, 12)) + '"';
  const auto known = request.headers.find("If-None-Match");
  Response response;
  if (known && (*known == "*" || known->find(tag) != std::string_view::npos)) {
    response.status = 304;
  } else {
    response = reply(200, std::string(content_type), std::string(body));
  }
  response.cache_control = hour;
  response.headers.emplace_back("ETag", tag);
  return response;
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
