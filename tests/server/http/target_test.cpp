#include "server/http/target.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

bool accepts(std::string_view target) {
  Request request;
  return set_target(request, target).has_value();
}

TEST(Target, SplitsPathAndQuery) {
  Request request;
  ASSERT_TRUE(set_target(request, "/api/c%C3%A0%20ph%C3%AA/x?lang=en&q=a%26b+c"));
  EXPECT_EQ(request.segments, (std::vector<std::string>{"api", "cà phê", "x"}));
  EXPECT_EQ(request.path, "/api/c%C3%A0%20ph%C3%AA/x");
  EXPECT_EQ(request.query_value("lang"), "en");
  EXPECT_EQ(request.query_value("q"), "a&b c");
  EXPECT_EQ(request.query_value("la"), std::nullopt);
}

TEST(Target, RootHasNoSegmentAndATrailingSlashAnEmptyOne) {
  Request request;
  ASSERT_TRUE(set_target(request, "/"));
  EXPECT_TRUE(request.segments.empty());
  ASSERT_TRUE(set_target(request, "/a/"));
  EXPECT_EQ(request.segments, (std::vector<std::string>{"a", ""}));
}

TEST(Target, AbsoluteFormGivesTheHost) {
  Request request;
  ASSERT_TRUE(set_target(request, "HTTP://Nguon.example:8080/a?b"));
  EXPECT_EQ(request.host, "nguon.example");
  EXPECT_EQ(request.path, "/a");
  EXPECT_FALSE(accepts("http:///a"));
  EXPECT_FALSE(accepts("http://user@nguon.example/a"));
}

TEST(Target, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const std::string_view bad :
       {"",          "*",      "a",       "//evil",     "/a//b",         "/a/./b",    "/a/..",
        "/%2e%2E/a", "/a/%2e", "/%zz",    "/%4",        "/a%",           "/a%00",     "/a%0d%0aX",
        "/a%7f",     "/a\\b",  "/a%5cb",  "/a b",       "/a#b",          "/\"",       "/<a>",
        "/a?b c",    "/%ff",   "/%c0%af", "/%ed%a0%80", "/%f5%80%80%80", "/\xc3\xa0", "/a?\x01"}) {
    EXPECT_FALSE(accepts(bad)) << bad;
  }
}

TEST(Target, IsLimited) {
  EXPECT_TRUE(accepts("/" + std::string(max_target_octets - 1, 'a')));
  EXPECT_FALSE(accepts("/" + std::string(max_target_octets, 'a')));
}

TEST(Target, LogLinesHoldNoSerialAndNoQuery) {
  const auto logged = [](std::string_view target) {
    Request request;
    EXPECT_TRUE(set_target(request, target));
    return loggable_path(request);
  };
  EXPECT_EQ(logged("/Q/1ABCDEFGHJKMN0?x=y"), "/Q/*");
  EXPECT_EQ(logged("/%71/1ABCDEFGHJKMN0"), "/q/*");
  EXPECT_EQ(logged("/01/09521234567891/10/LOT-1/21/SERIAL"), "/01/09521234567891/10/LOT-1/21/*");
  EXPECT_EQ(logged("/T/952000000000001/more"), "/T/*/more");
  EXPECT_EQ(logged("/e/CODE"), "/e/*");
  EXPECT_EQ(logged("/api/blobs/HASH/thumbnail"), "/api/blobs/*/thumbnail");
  EXPECT_EQ(logged("/r/0PDNST6BT16Y0S/place"), "/r/*/place");
  EXPECT_EQ(logged("/R/status/ABCDEFGHJK"), "/R/*/*");
  EXPECT_EQ(logged("/api/office/reports/ABCDEFGHJK/photo"), "/api/office/reports/*/photo");
  EXPECT_EQ(logged("/8018/952123400000000015/8019/7"), "/8018/*/8019/*");
  EXPECT_EQ(logged("/coop-a/OBJ/bo/VN26A"), "/coop-a/OBJ/*/*");
  EXPECT_EQ(logged("/coop-a/class/cam/batch/L26A"), "/coop-a/class/cam/batch/L26A");
  EXPECT_EQ(logged("/api/h%E1%BB%99%22x"), "/api/h????x");
  EXPECT_EQ(logged("/"), "/");
}

}  // namespace
}  // namespace nguon::server
