#include "server/http/request.hpp"

#include "server/http/target.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "other";
}

Method method_of(std::string_view name) {
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::del, Method::options}) {
    if (to_string(method) == name) return method;
  }
  return Method::other;
}

bool equal_case_blind(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

void Headers::add(std::string_view name, std::string_view value) {
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += name;
  const auto name_end = static_cast<std::uint32_t>(text_.size());
  text_ += value;
  spans_.push_back({begin, name_end, static_cast<std::uint32_t>(text_.size())});
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const std::string_view text = text_;
  for (const Span& span : spans_) {
    if (equal_case_blind(text.substr(span.begin, span.name_end - span.begin), name)) {
      return text.substr(span.name_end, span.end - span.name_end);
    }
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  const std::string_view text = text_;
  return static_cast<std::size_t>(
      std::count_if(spans_.begin(), spans_.end(), [&](const Span& span) {
        return equal_case_blind(text.substr(span.begin, span.name_end - span.begin), name);
      }));
}

void Headers::clear() {
  text_.clear();
  spans_.clear();
}

std::optional<std::string> Request::query_value(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::string_view key = pair.substr(0, pair.find('='));
    const auto decoded_key = percent_decode(key, true);
    if (decoded_key != name) continue;
    return percent_decode(pair.substr(std::min(pair.size(), key.size() + 1)), true);
  }
  return std::nullopt;
}

}  // namespace nguon::server
