#include "server/api/conditional.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"

#include <utility>

namespace nguon::server {

std::string if_none_match(const Request& request) {
  return std::string(request.headers.find("If-None-Match").value_or(""));
}

Response conditional(std::string_view if_none_match, Response response) {
  if (response.status != 200) return response;
  const ledger::Hash hash = ledger::sha256(response.body_view());
  std::string tag = '"' + ledger::base64url_encode(hash.view().substr(0, 12)) + '"';
  if (if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos) {
    response.status = 304;
    response.content_type.clear();
    response.body = std::string();
  }
  response.headers.emplace_back("ETag", std::move(tag));
  return response;
}

}  // namespace nguon::server
