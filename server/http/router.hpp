#pragma once

#include "server/http/request.hpp"
#include "server/http/respond.hpp"
#include "server/http/response.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nguon::server {

/// What the `{…}` of a pattern matched. Names are views into the route's pattern.
class PathParams {
 public:
  void add(std::string_view name, std::string value) {
    items_.emplace_back(name, std::move(value));
  }
  /// Empty when the pattern has no such name.
  std::string_view operator[](std::string_view name) const;

 private:
  std::vector<std::pair<std::string_view, std::string>> items_;
};

/// Answers on the io thread; must not block longer than a memory-bound read.
using InlineHandler = std::function<Response(const Request&, const PathParams&)>;
/// Returns at once and answers later, from any thread. Request and PathParams live only until it
/// returns: move or copy out what the answer needs.
using DeferredHandler = std::function<void(Request&, const PathParams&, Respond)>;

inline constexpr std::size_t default_body_limit = 64 * 1024;

struct RouteOptions {
  /// Octets of body accepted; more gives a 413. Routes by GET accept none.
  std::size_t body_limit = default_body_limit;
  /// `Access-Control-Allow-Origin: *`, and preflight requests are answered.
  bool cors = false;
  /// Printed codes: literals match in either letter case, and an encoded slash reaches the handler.
  bool case_blind = false;
};

/// One line of the routing table. Pattern grammar:
///   pattern = "/" | 1*( "/" segment ) [ "/" "{" name "...}" ]      segment = literal | "{" name
///   "}"
/// `{name}` takes one non-empty segment, `{name...}` all the rest (not empty, joined by `/`).
/// The pattern's characters must outlive the router (string literals do).
struct Route {
  Method method = Method::get;
  std::string_view pattern;
  std::variant<InlineHandler, DeferredHandler> handler;
  RouteOptions options;
};

/// Where a request goes.
struct Routing {
  /// Absent unless status is 200.
  const Route* route = nullptr;
  PathParams params;
  /// 200; 204 for an OPTIONS request the router answers itself; 404; 405.
  int status = 404;
  /// Methods the path knows, for Allow; filled for 204 and 405.
  std::string allow;
  /// Some route of this path allows foreign origins.
  bool cors = false;
};

/// The table. Of all patterns that match, the one more literal further left wins, whatever the
/// order of lines. HEAD uses the GET line. Immutable, so every thread may share it.
class Router {
 public:
  /// Throws std::logic_error on a malformed pattern or two lines that cannot be told apart.
  explicit Router(std::vector<Route> routes);

  /// `segments` as set_target() makes them.
  Routing find(Method method, const std::vector<std::string>& segments) const;
  /// All lines, most specific first: the OpenAPI test walks them.
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string_view>> patterns_;  ///< Segments of routes_[i].pattern.
};

}  // namespace nguon::server
