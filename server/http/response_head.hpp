#pragma once

#include "server/http/response.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// What the session knows and a Response does not.
struct Framing {
  std::string_view date;
  bool keep_alive = true;
  bool tls = false;                 ///< Adds Strict-Transport-Security.
  bool cors = false;                ///< Any site may read it, some headers too.
  const std::string* id = nullptr;  ///< For X-Request-Id, on failures only.
  bool chunks = false;              ///< A body made while it goes out goes as chunks.
};

/// Whether this status may carry content (RFC 9110 §6.4.1).
bool response_has_body(int status);

/// Appends status line and header fields with the empty line. Written by hand: a third more
/// requests per second than through a message class.
void append_response_head(std::string& out, const Response& response, const Framing& framing);

}  // namespace nguon::server
