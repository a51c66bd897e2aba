#include "server/http/response_head.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

std::string head_of(const Response& response, const Framing& framing = {}) {
  std::string out;
  append_response_head(out, response, framing);
  return out;
}

TEST(ResponseHead, IsWrittenWhole) {
  Response response = reply(201, "text/html; charset=utf-8", "12345");
  response.cache_control = "public, max-age=60";
  response.content_security_policy = "default-src 'self'";
  response.headers.emplace_back("Location", "/api/entries/x");
  EXPECT_EQ(head_of(response, {.date = "Sat, 21 Nov 2026 22:00:00 GMT", .keep_alive = false}),
            "HTTP/1.1 201 Created\r\nDate: Sat, 21 Nov 2026 22:00:00 GMT\r\n"
            "Content-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n"
            "Cache-Control: public, max-age=60\r\nContent-Security-Policy: default-src 'self'\r\n"
            "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            "Location: /api/entries/x\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, NoValueCanStartAnotherField) {
  Response response = reply(307, "", "");
  response.headers.emplace_back("Location", "/a\r\nSet-Cookie: x=y\r\n\r\n<script>");
  const std::string head = head_of(response);
  EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
  EXPECT_EQ(head.find("\r\n\r\n"), head.size() - 4);
}

TEST(ResponseHead, BodilessStatusesClaimNoLength) {
  for (const int status : {204, 304}) {
    EXPECT_FALSE(response_has_body(status));
    EXPECT_EQ(head_of(reply(status, "", "")).find("Content-Length"), std::string::npos);
  }
  EXPECT_NE(head_of(reply(200, "", "")).find("Content-Length: 0\r\n"), std::string::npos);
}

}  // namespace
}  // namespace nguon::server
