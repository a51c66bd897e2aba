#pragma once

#include "server/http/problem.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

// Texts that come with the binary. Each has a strong ETag (RFC 9110 §8.8.3) from its octets, so
// that asking again costs a 304.

/// GET /schemas/{name}: `<type>.<major>.json`, JSON Schema draft-07 of one entry type's `data`.
InlineHandler get_schema(const Problems& problems);
/// GET /openapi.json: OpenAPI 3.1 of every route.
InlineHandler get_openapi();
InlineHandler get_robots();
/// GET /favicon.svg, and /favicon.ico for browsers that ask by that name.
InlineHandler get_favicon();

/// A text with its ETag; 304 without a body when If-None-Match names it (RFC 9110 §13.1.2).
Response tagged_reply(const Request& request, std::string_view content_type, std::string_view body);

}  // namespace nguon::server
