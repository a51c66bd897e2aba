#include "server/http/request.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

TEST(Headers, AreFoundWhateverTheirCase) {
  Headers headers;
  headers.add("Content-Type", "text/plain");
  headers.add("X", "");
  headers.add("content-type", "second");
  EXPECT_EQ(headers.find("CONTENT-TYPE"), "text/plain");
  EXPECT_EQ(headers.find("x"), "");
  EXPECT_EQ(headers.find("content"), std::nullopt);
  EXPECT_EQ(headers.count("content-type"), 2U);
  headers.clear();
  EXPECT_EQ(headers.count("content-type"), 0U);
}

TEST(Method, NamesAreCaseSensitive) {
  EXPECT_EQ(method_of("DELETE"), Method::del);
  EXPECT_EQ(method_of("get"), Method::other);
  EXPECT_EQ(method_of("other"), Method::other);
  EXPECT_EQ(method_of("BREW"), Method::other);
}

}  // namespace
}  // namespace nguon::server
