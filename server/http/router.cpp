#include "server/http/router.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace nguon::server {
namespace {

using Segments = std::vector<std::string_view>;

bool is_tail(std::string_view s) { return s.starts_with('{') && s.ends_with("...}"); }
bool is_param(std::string_view s) { return s.starts_with('{') && !is_tail(s); }
/// Orders kinds of segment: literal before parameter before tail before the pattern's end.
int rank(const Segments& pattern, std::size_t i) {
  if (i >= pattern.size()) return 3;
  return is_tail(pattern[i]) ? 2 : is_param(pattern[i]) ? 1 : 0;
}

Segments split(std::string_view pattern) {
  const std::string bad = "bad route pattern " + std::string(pattern);
  if (!pattern.starts_with('/')) throw std::logic_error(bad);
  Segments segments;
  if (pattern == "/") return segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::string_view segment = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(segment.size());
    const bool braces = segment.find_first_of("{}") != std::string_view::npos;
    const bool whole = segment.starts_with('{') && segment.find('}') == segment.size() - 1 &&
                       segment.rfind('{') == 0 && segment.size() > 2;
    if (segment.empty() || (braces && !whole) || (is_tail(segment) && !pattern.empty())) {
      throw std::logic_error(bad);
    }
    segments.push_back(segment);
  }
  return segments;
}

/// Literal-first order; equal patterns (parameter names apart) compare equal.
int compare(const Segments& a, const Segments& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const int ra = rank(a, i);
    const int rb = rank(b, i);
    if (ra != rb) return ra - rb;
    if (ra == 0 && a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

bool matches(const Segments& pattern, const std::vector<std::string>& path,
             const RouteOptions& options) {
  // Most lines of the table end here: a path of another length.
  if (pattern.size() != path.size() && (pattern.empty() || !is_tail(pattern.back()))) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (i >= path.size()) return false;
    if (is_tail(pattern[i])) {
      if (path[i].empty()) return false;
      // An encoded slash inside a joined tail would look like a separator; what reads printed codes
      // takes Request::path apart itself.
      return options.case_blind ||
             std::none_of(path.begin() + static_cast<std::ptrdiff_t>(i), path.end(),
                          [](const std::string& s) { return s.find('/') != std::string::npos; });
    }
    if (is_param(pattern[i])) {
      if (path[i].empty()) return false;
    } else if (options.case_blind ? !equal_case_blind(pattern[i], path[i])
                                  : pattern[i] != path[i]) {
      return false;
    }
  }
  return pattern.size() == path.size();
}

PathParams take_params(const Segments& pattern, const std::vector<std::string>& path) {
  PathParams params;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_param(pattern[i])) params.add(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    if (!is_tail(pattern[i])) continue;
    std::string rest = path[i];
    for (std::size_t k = i + 1; k < path.size(); ++k) rest += '/' + path[k];
    params.add(pattern[i].substr(1, pattern[i].size() - 5), std::move(rest));
  }
  return params;
}

void allow(std::string& list, std::string_view method) {
  if (!list.empty()) list += ", ";
  list += method;
}

}  // namespace

std::string_view PathParams::operator[](std::string_view name) const {
  for (const auto& [key, value] : items_) {
    if (key == name) return value;
  }
  return {};
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
    const int order = compare(split(a.pattern), split(b.pattern));
    return order != 0 ? order < 0 : a.method < b.method;
  });
  for (const Route& route : routes_) patterns_.push_back(split(route.pattern));
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (routes_[i].method == routes_[k].method && compare(patterns_[i], patterns_[k]) == 0) {
        throw std::logic_error("two routes for " + std::string(routes_[i].pattern));
      }
    }
  }
}

Routing Router::find(Method method, const std::vector<std::string>& segments) const {
  const Method wanted = method == Method::head ? Method::get : method;
  Routing routing;
  const Segments* best = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    // Once a pattern matches, only its own other methods matter: the order puts them next to it.
    if (best != nullptr && compare(*best, patterns_[i]) != 0) break;
    if (!matches(patterns_[i], segments, routes_[i].options)) continue;
    best = &patterns_[i];
    routing.cors |= routes_[i].options.cors;
    if (routes_[i].method == wanted) {
      routing.route = &routes_[i];
      routing.params = take_params(patterns_[i], segments);
      routing.status = 200;
      return routing;
    }
    allow(routing.allow, to_string(routes_[i].method));
    if (routes_[i].method == Method::get) allow(routing.allow, "HEAD");
  }
  if (best == nullptr) return routing;
  allow(routing.allow, "OPTIONS");
  routing.status = method == Method::options ? 204 : 405;
  return routing;
}

}  // namespace nguon::server
