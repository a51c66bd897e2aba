#include "labels/digital_link.hpp"

#include "labels/ai_table.hpp"
#include "labels/ascii.hpp"
#include "labels/percent.hpp"

#include <algorithm>
#include <vector>

namespace nguon::labels {
namespace {

using Codes = std::vector<std::string>;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> all;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    all.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return all;
}

bool only_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// RFC 3986: what may stand in a URI at all.
bool is_uri_text(std::string_view text) {
  constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_digit(c) || is_upper(to_upper(c)) || others.find(c) != std::string_view::npos;
  });
}

/// A name, an address or [an address], with a port or not. A name before `@` is refused: it serves
/// only to make one host look like another.
bool is_authority(std::string_view text) {
  std::string_view host = text;
  if (host.starts_with('[')) {
    const auto close = host.find(']');
    if (close == std::string_view::npos || close < 3) return false;
    const auto inside = host.substr(1, close - 1);
    if (inside.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) {
      return false;
    }
    host.remove_prefix(close + 1);
    return host.empty() ||
           (host.front() == ':' && (host.size() == 1 || only_digits(host.substr(1))));
  }
  const auto colon = host.find(':');
  if (colon != std::string_view::npos) {
    const auto port = host.substr(colon + 1);
    if (!port.empty() && !only_digits(port)) return false;
    host = host.substr(0, colon);
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_digit(c) || is_upper(to_upper(c)) || c == '-' || c == '.' || c == '_';
  });
}

/// Whether the qualifiers are some of one alternative of the key, in its order.
bool are_qualifiers(const Ai& key, const Codes& codes) {
  if (codes.empty()) return true;
  return std::any_of(key.qualifiers.begin(), key.qualifiers.end(), [&](const Codes& order) {
    auto at = order.begin();
    for (const auto& code : codes) {
      at = std::find(at, order.end(), code);
      if (at == order.end()) return false;
      ++at;
    }
    return true;
  });
}

/// An element of the query whose place is in the path: with it there, the path would still be one.
bool belongs_in_path(const Ai& key, const Codes& qualifiers, const std::string& code) {
  for (std::size_t at = 0; at <= qualifiers.size(); ++at) {
    Codes with = qualifiers;
    with.insert(with.begin() + static_cast<std::ptrdiff_t>(at), code);
    if (are_qualifiers(key, with)) return true;
  }
  return false;
}

Gs1Fault broken_link(Gs1Rule rule, std::string_view ai = {}) { return {rule, std::string(ai)}; }

Gs1Result<void> add_decoded(Elements& elements, std::string_view ai, std::string_view raw) {
  auto value = percent_decode(raw);
  if (!value) return broken_link(Gs1Rule::escape, ai);
  elements.push_back({std::string(ai), *std::move(value)});
  return {};
}

/// Pairs from the right: the first one whose AI is a key is the key, and all right of it belongs to
/// it.
Gs1Result<Elements> read_path(std::string_view path, bool stem_allowed) {
  const auto parts = segments_of(path);
  std::size_t key = parts.size();
  for (std::size_t at = parts.size(); at >= 2 && key == parts.size(); at -= 2) {
    const Ai* ai = find_ai(parts[at - 2]);
    if (ai != nullptr && ai->key) key = at - 2;
  }
  if (key == parts.size()) {
    const bool torn = std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
      const Ai* ai = find_ai(part);
      return ai != nullptr && ai->key;
    });
    return broken_link(torn ? Gs1Rule::segment : Gs1Rule::no_key);
  }
  if (key != 0 && !stem_allowed) return broken_link(Gs1Rule::segment);
  Elements elements;
  Codes qualifiers;
  for (std::size_t at = key; at < parts.size(); at += 2) {
    const Ai* ai = find_ai(parts[at]);
    if (ai == nullptr) return broken_link(Gs1Rule::segment);
    if (at != key) qualifiers.push_back(ai->code);
    auto added = add_decoded(elements, ai->code, parts[at + 1]);
    if (!added) return added.error();
  }
  if (!are_qualifiers(*find_ai(elements.front().ai), qualifiers)) {
    return broken_link(Gs1Rule::qualifier, elements.front().ai);
  }
  return elements;
}

/// Adds what the query says: numeric names are identifiers, all others are for somebody else.
Gs1Result<void> read_query(std::string_view query, Elements& elements) {
  const std::size_t path = elements.size();
  const Ai& key = *find_ai(elements.front().ai);
  Codes qualifiers;
  for (std::size_t i = 1; i < path; ++i) qualifiers.push_back(elements[i].ai);
  for (;;) {
    const auto end = std::min(query.find('&'), query.size());
    const auto parameter = query.substr(0, end);
    const auto equals = parameter.find('=');
    const auto name = parameter.substr(0, equals);
    if (equals != std::string_view::npos && only_digits(name)) {
      const Ai* ai = find_ai(name);
      if (ai == nullptr) return broken_link(Gs1Rule::unknown_ai);
      if (belongs_in_path(key, qualifiers, ai->code)) {
        return broken_link(Gs1Rule::belongs_in_path, name);
      }
      if (!ai->attribute) return broken_link(Gs1Rule::not_in_query, name);
      std::string spaced(parameter.substr(equals + 1));
      std::replace(spaced.begin(), spaced.end(), '+', ' ');
      auto added = add_decoded(elements, ai->code, spaced);
      if (!added) return added;
    }
    if (end == query.size()) return {};
    query.remove_prefix(end + 1);
  }
}

void pad_gtin(Elements& elements) {
  constexpr std::size_t full = 14;
  for (Element& element : elements) {
    const std::size_t size = element.value.size();
    if (element.ai == "01" && (size == 8 || size == 12 || size == 13)) {
      element.value.insert(0, full - size, '0');
    }
  }
}

Gs1Result<DigitalLink> read_key_and_query(std::string_view target, bool stem_allowed,
                                          ShortGtin short_gtin) {
  const auto question = std::min(target.find('?'), target.size());
  auto elements = read_path(target.substr(0, question), stem_allowed);
  if (!elements) return elements.error();
  const std::size_t path = elements->size();
  const auto asked = read_query(target.substr(std::min(question + 1, target.size())), *elements);
  if (!asked) return asked.error();
  for (auto one = elements->begin(); one != elements->end(); ++one) {
    const auto again = std::find_if(std::next(one), elements->end(),
                                    [&](const Element& other) { return other.ai == one->ai; });
    if (again != elements->end()) return broken_link(Gs1Rule::repeated, one->ai);
  }
  if (short_gtin == ShortGtin::pad) pad_gtin(*elements);
  const auto good = check_elements(*elements);
  if (!good) return good.error();
  return DigitalLink{*std::move(elements), path};
}

std::string query_text(const Elements& elements, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < elements.size(); ++i) {
    text += text.empty() ? '?' : '&';
    text += elements[i].ai + '=' + percent_encode(elements[i].value);
  }
  return text;
}

}  // namespace

Gs1Result<DigitalLink> read_digital_link(std::string_view uri, ShortGtin short_gtin) {
  if (uri.empty() || uri.size() > longest_gs1_text) return broken_link(Gs1Rule::length);
  if (!is_uri_text(uri)) return broken_link(Gs1Rule::uri);
  uri = uri.substr(0, uri.find('#'));
  std::string_view rest;
  for (const std::string_view scheme : {"https://", "http://", "HTTPS://", "HTTP://"}) {
    if (uri.starts_with(scheme)) rest = uri.substr(scheme.size());
  }
  const auto path = rest.find_first_of("/?");
  if (!is_authority(rest.substr(0, path)) || path == std::string_view::npos) {
    return broken_link(Gs1Rule::uri);
  }
  return read_key_and_query(rest.substr(path), true, short_gtin);
}

Gs1Result<DigitalLink> read_digital_target(std::string_view target) {
  if (target.empty() || target.size() > longest_gs1_text) return broken_link(Gs1Rule::length);
  if (!is_uri_text(target) || target.front() != '/') return broken_link(Gs1Rule::uri);
  std::string trimmed(target);
  const auto end = std::min(trimmed.find('?'), trimmed.size());
  if (end > 1 && trimmed[end - 1] == '/') trimmed.erase(end - 1, 1);
  return read_key_and_query(trimmed, false, ShortGtin::refuse);
}

std::string key_path(const Elements& elements, std::size_t path) {
  std::string text;
  for (std::size_t i = 0; i < path && i < elements.size(); ++i) {
    text += '/' + elements[i].ai + '/' + percent_encode(elements[i].value);
  }
  return text;
}

std::string canonical(const DigitalLink& link) {
  return "https://id.gs1.org" + key_path(link.elements, link.path) +
         query_text(link.elements, link.path);
}

Gs1Result<std::string> write_digital_link(std::string_view stem, const Elements& elements) {
  const auto good = check_elements(elements);
  if (!good) return good.error();
  const auto key = std::find_if(elements.begin(), elements.end(),
                                [](const Element& element) { return find_ai(element.ai)->key; });
  if (key == elements.end()) return broken_link(Gs1Rule::no_key);
  const Ai& ai = *find_ai(key->ai);
  auto alternatives = ai.qualifiers;
  if (alternatives.empty()) alternatives.emplace_back();
  std::string refused;
  for (const Codes& order : alternatives) {
    Elements path{*key};
    Codes taken;
    for (const auto& code : order) {
      const auto found = std::find_if(elements.begin(), elements.end(),
                                      [&](const Element& one) { return one.ai == code; });
      if (found == elements.end()) continue;
      path.push_back(*found);
      taken.push_back(code);
    }
    Elements query;
    refused.clear();
    for (const Element& element : elements) {
      if (std::find(path.begin(), path.end(), element) != path.end()) continue;
      if (!find_ai(element.ai)->attribute || belongs_in_path(ai, taken, element.ai)) {
        refused = element.ai;
      }
      query.push_back(element);
    }
    if (refused.empty())
      return std::string(stem) + key_path(path, path.size()) + query_text(query, 0);
  }
  return broken_link(Gs1Rule::not_in_query, refused);
}

}  // namespace nguon::labels
