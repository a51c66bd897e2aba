#include "server/http/response_head.hpp"

#include "server/http/problem.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace nguon::server {
namespace {

/// A response that is no page needs nothing, so it gets nothing.
constexpr std::string_view strict_policy = "default-src 'none'; frame-ancestors 'none'";

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet < 0x20 || octet == 0x7f;
}

/// Without control octets. Hardly any field has one, so fields go over whole.
void append_clean(std::string& out, std::string_view text) {
  if (std::none_of(text.begin(), text.end(), is_control)) {
    out += text;
    return;
  }
  std::remove_copy_if(text.begin(), text.end(), std::back_inserter(out), is_control);
}

void append_number(std::string& out, std::size_t number) {
  char digits[20];
  out.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

void field(std::string& out, std::string_view name, std::string_view value) {
  append_clean(out, name);
  out += ": ";
  append_clean(out, value);
  out += "\r\n";
}

}  // namespace

bool response_has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_response_head(std::string& out, const Response& response, const Framing& framing) {
  constexpr std::size_t usual_octets = 1024;
  out.reserve(out.size() + usual_octets);
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason_of(response.status);
  out += "\r\nDate: ";
  out += framing.date;
  out += "\r\n";
  if (!response.content_type.empty()) field(out, "Content-Type", response.content_type);
  if (response.stream()) {
    if (framing.chunks) out += "Transfer-Encoding: chunked\r\n";
  } else if (response_has_body(response.status)) {
    out += "Content-Length: ";
    append_number(out, response.body_view().size());
    out += "\r\n";
  }
  if (!response.cache_control.empty()) field(out, "Cache-Control", response.cache_control);
  field(out, "Content-Security-Policy",
        response.content_security_policy.empty()
            ? strict_policy
            : std::string_view(response.content_security_policy));
  out += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  if (framing.tls) out += "Strict-Transport-Security: max-age=31536000\r\n";
  if (framing.cors) {
    // Without the second line a page of another site cannot read these (Fetch, "CORS-safelisted").
    out += "Access-Control-Allow-Origin: *\r\n"
           "Access-Control-Expose-Headers: ETag, Link, Retry-After, X-Request-Id\r\n";
  }
  for (const auto& [name, value] : response.headers) field(out, name, value);
  if (response.status >= 400 && framing.id != nullptr) field(out, "X-Request-Id", *framing.id);
  if (!framing.keep_alive) out += "Connection: close\r\n";
  out += "\r\n";
}

}  // namespace nguon::server
