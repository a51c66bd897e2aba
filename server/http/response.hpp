#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nguon::server {

class BodyStream;

/// Cache-Control of what never changes under its name.
inline constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

/// One response as a plain value. The session adds Date, Content-Length, Connection, the security
/// headers (and HSTS under TLS), and leaves the body away for HEAD.
struct Response {
  int status = 200;
  /// Media type; empty only where there is no body.
  std::string content_type;
  /// Owned octets; octets shared with a cache, written without a copy; or, never null, what is made
  /// while it goes out (server/http/body_stream.hpp).
  std::variant<std::string, std::shared_ptr<const std::string>, std::shared_ptr<BodyStream>> body;
  /// Value of Cache-Control; `no-store` unless the handler knows better.
  std::string cache_control = "no-store";
  /// Value of Content-Security-Policy; empty = the strict default, which suits everything but
  /// pages.
  std::string content_security_policy;
  /// Further fields, name and value. Octets below 0x20 and 0x7f in them are dropped when written,
  /// so a value can never start another field.
  std::vector<std::pair<std::string, std::string>> headers;
  /// Close the connection after this response.
  bool close = false;

  /// Empty for what is made while it goes out.
  std::string_view body_view() const {
    if (const auto* owned = std::get_if<std::string>(&body)) return *owned;
    const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body);
    return shared != nullptr && *shared ? std::string_view(**shared) : std::string_view();
  }
  std::shared_ptr<BodyStream> stream() const {
    const auto* made = std::get_if<std::shared_ptr<BodyStream>>(&body);
    return made != nullptr ? *made : nullptr;
  }
};

inline Response reply(int status, std::string content_type, std::string body) {
  Response response;
  response.status = status;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

}  // namespace nguon::server
