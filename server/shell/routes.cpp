#include "server/shell/routes.hpp"

#include "server/api/conditional.hpp"
#include "server/api/encoded.hpp"

#include <string>
#include <utility>

namespace nguon::server {
namespace {

/// Nothing from elsewhere, nothing inline; blob: and data: are photos of this device.
constexpr std::string_view app_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

/// The barcode reader's thread compiles WebAssembly, which pages may not; in return it may ask
/// nobody for anything: its page gives it the octets.
constexpr std::string_view reader_policy = "default-src 'none'; script-src 'wasm-unsafe-eval'";

/// Longest code with its hyphens (server/enrol/invitation.hpp reads 16 symbols).
constexpr std::size_t max_code = 40;

bool code_like(std::string_view text) {
  return text.size() <= max_code && text.find_first_not_of("0123456789-abcdefghijklmnopqrstuvwxyz"
                                                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                                        std::string_view::npos;
}

Response asset_response(const Request& request, const Asset& asset) {
  const bool packed = takes_gzip(accept_encoding(request));
  Response response;
  response.content_type = asset.type;
  response.body = packed ? asset.gzip : asset.octets;
  // What may change under its path is asked for each time; the answer is mostly a 304.
  response.cache_control = asset.lasting ? for_ever : "no-cache";
  response.content_security_policy = asset.name == "reader.js" ? reader_policy : app_policy;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  // The file to keep has its own policy inside, and is no page of ours.
  if (asset.name == "check-offline.html") {
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"nguon-kiem-tra.html\"");
  }
  // The worker lies in /app/ and answers for /app too (Service Workers, "Service-Worker-Allowed").
  if (asset.name == "sw.js") response.headers.emplace_back("Service-Worker-Allowed", "/app");
  response.headers.emplace_back("Permissions-Policy", "camera=(self), geolocation=(self)");
  return conditional(if_none_match(request), std::move(response));
}

}  // namespace

InlineHandler get_asset(const Assets& assets, const Problems& problems) {
  return [&assets, &problems](const Request& request, const PathParams&) -> Response {
    const Asset* const asset = assets.at(request.path);
    if (asset == nullptr) {
      return problems.response({ledger::Errc::not_found, "http.not-found", {}, {}});
    }
    return asset_response(request, *asset);
  };
}

InlineHandler get_enrolment_link() {
  return [](const Request&, const PathParams& params) {
    std::string target = "/app";
    if (code_like(params["code"])) target.append("#").append(params["code"]);
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", std::move(target));
    return response;
  };
}

}  // namespace nguon::server
