#include "server/http/router.hpp"

#include "server/http/target.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace nguon::server {
namespace {

InlineHandler named(std::string name) {
  return [name](const Request&, const PathParams&) { return reply(200, "text/plain", name); };
}

Route line(Method method, std::string_view pattern, RouteOptions options = {}) {
  return {method, pattern, named(std::string(pattern)), options};
}

Routing find(const Router& router, Method method, std::string_view path) {
  Request request;
  EXPECT_TRUE(set_target(request, path)) << path;
  return router.find(method, request.segments);
}

std::string hit(const Router& router, std::string_view path, Method method = Method::get) {
  const Routing routing = find(router, method, path);
  return routing.route != nullptr ? std::string(routing.route->pattern) : "-";
}

TEST(Router, TheMostLiteralPatternWinsWhateverTheOrder) {
  const std::vector<std::string_view> patterns = {"/log/0/{rest...}", "/log/0/{name}",
                                                  "/log/0/checkpoint"};
  for (std::size_t first = 0; first < patterns.size(); ++first) {
    std::vector<Route> routes;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      routes.push_back(line(Method::get, patterns[(first + i) % patterns.size()]));
    }
    const Router router(std::move(routes));
    EXPECT_EQ(hit(router, "/log/0/checkpoint"), "/log/0/checkpoint");
    EXPECT_EQ(hit(router, "/log/0/other"), "/log/0/{name}");
    EXPECT_EQ(hit(router, "/log/0/tile/x001/067"), "/log/0/{rest...}");
    EXPECT_EQ(hit(router, "/log/0"), "-");
    EXPECT_EQ(hit(router, "/log/0/"), "-");
  }
}

TEST(Router, HandsOverWhatTheBracesMatched) {
  const Router router({line(Method::get, "/01/{gtin}/21/{serial}"),
                       line(Method::get, "/log/0/tile/{level}/{path...}"), line(Method::get, "/")});
  Routing routing = find(router, Method::get, "/01/09521234567891/21/A%20B");
  EXPECT_EQ(routing.params["gtin"], "09521234567891");
  EXPECT_EQ(routing.params["serial"], "A B");
  EXPECT_EQ(routing.params["lot"], "");
  routing = find(router, Method::get, "/log/0/tile/0/x001/067.p/3");
  EXPECT_EQ(routing.params["path"], "x001/067.p/3");
  EXPECT_EQ(hit(router, "/"), "/");
}

TEST(Router, AnEncodedSlashNeverActsAsSeparator) {
  const Router router({line(Method::get, "/a/{x}"), line(Method::get, "/t/{rest...}")});
  EXPECT_EQ(find(router, Method::get, "/a/b%2Fc").params["x"], "b/c");
  EXPECT_EQ(find(router, Method::get, "/t/b%2Fc").status, 404);
}

TEST(Router, UnknownPathIs404AndUnknownMethodIs405WithAllow) {
  const Router router({line(Method::get, "/a"), line(Method::put, "/a"), line(Method::post, "/b")});
  EXPECT_EQ(find(router, Method::get, "/c").status, 404);
  EXPECT_EQ(find(router, Method::get, "/A").status, 404);
  const Routing wrong = find(router, Method::post, "/a");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.allow, "GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(find(router, Method::other, "/b").allow, "POST, OPTIONS");
}

TEST(Router, HeadUsesTheGetLine) {
  const Router router({line(Method::get, "/a"), line(Method::post, "/b")});
  EXPECT_EQ(hit(router, "/a", Method::head), "/a");
  EXPECT_EQ(find(router, Method::head, "/b").status, 405);
}

TEST(Router, OptionsTellsMethodsAndWhetherForeignOriginsMayAsk) {
  const Router router({line(Method::get, "/log", {.cors = true}), line(Method::get, "/own")});
  EXPECT_EQ(find(router, Method::options, "/log").status, 204);
  EXPECT_TRUE(find(router, Method::options, "/log").cors);
  EXPECT_FALSE(find(router, Method::options, "/own").cors);
  EXPECT_EQ(find(router, Method::options, "/none").status, 404);
}

TEST(Router, LabelPathsAreCaseBlindWhereTheLineSaysSo) {
  const Router router({line(Method::get, "/Q/{serial}", {.case_blind = true})});
  EXPECT_EQ(find(router, Method::get, "/q/abc").params["serial"], "abc");
}

TEST(Router, RefusesTablesThatCannotBeMeant) {
  for (const std::string_view bad : {"a", "", "/a//b", "/a{x}", "/{}", "/{a...}/b", "/a/", "/{a"}) {
    EXPECT_THROW(Router({line(Method::get, bad)}), std::logic_error) << bad;
  }
  EXPECT_THROW(Router({line(Method::get, "/a/{x}"), line(Method::get, "/a/{y}")}),
               std::logic_error);
  EXPECT_NO_THROW(Router({line(Method::get, "/a/{x}"), line(Method::put, "/a/{y}")}));
}

}  // namespace
}  // namespace nguon::server
