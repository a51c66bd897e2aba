#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// If-None-Match as sent, for answers given after the request is gone; empty when absent.
std::string if_none_match(const Request& request);

/// A 200 with a strong ETag from its octets (RFC 9110 §8.8.3), or 304 without a body when
/// `if_none_match` names it or is `*` (§13.1.2). Any other answer stays as it is.
Response conditional(std::string_view if_none_match, Response response);

}  // namespace nguon::server
