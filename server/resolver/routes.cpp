#include "server/resolver/routes.hpp"

#include <string_view>

namespace nguon::server {
namespace {

/// As labels::primary_keys(); a test compares the two.
constexpr std::string_view gs1_patterns[] = {
    "/00/{code...}",   "/01/{code...}",   "/253/{code...}",  "/255/{code...}",
    "/401/{code...}",  "/402/{code...}",  "/414/{code...}",  "/415/{code...}",
    "/417/{code...}",  "/8003/{code...}", "/8004/{code...}", "/8006/{code...}",
    "/8010/{code...}", "/8013/{code...}", "/8017/{code...}", "/8018/{code...}"};

constexpr std::string_view own_patterns[] = {"/{holder}/class/{code...}", "/{holder}/obj/{code...}",
                                             "/{holder}/loc/{code...}"};

/// Any site may ask; scanners and people type either letter case; values may hold a slash.
constexpr RouteOptions resolved_name{default_body_limit, true, true};

}  // namespace

std::vector<Route> resolver_routes(ResolverDesk& desk) {
  const InlineHandler gs1 = [&desk](const Request& request, const PathParams&) {
    return desk.gs1(request);
  };
  const InlineHandler own = [&desk](const Request& request, const PathParams&) {
    return desk.own(request);
  };
  std::vector<Route> routes;
  for (const auto pattern : gs1_patterns) routes.push_back({Method::get, pattern, gs1, resolved_name});
  for (const auto pattern : own_patterns) {
    routes.push_back({Method::get, pattern, own, resolved_name});
  }
  routes.push_back({Method::get, "/Q/{code...}",
                    [&desk](const Request& request, const PathParams&) {
                      return desk.label(request);
                    },
                    resolved_name});
  routes.push_back({Method::get, "/.well-known/gs1resolver",
                    [&desk](const Request&, const PathParams&) { return desk.description(); },
                    {default_body_limit, true}});
  return routes;
}

}  // namespace nguon::server
