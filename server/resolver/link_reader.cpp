#include "server/resolver/link_reader.hpp"

#include "labels/ascii.hpp"
#include "labels/link.hpp"
#include "server/resolver/item_path.hpp"
#include "server/resolver/link_table.hpp"

#include <algorithm>
#include <initializer_list>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::size_t max_texts = 16;

bool is_either_letter(char c) { return labels::is_upper(labels::to_upper(c)); }
bool is_letter_or_digit(char c) { return is_either_letter(c) || labels::is_digit(c); }
bool every(std::string_view text, bool (*good)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), good);
}

bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

/// RFC 3986, and a host: what a Location field may hold.
bool is_web_address(std::string_view text) {
  constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%";
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto host = text.substr(scheme.size(), text.find_first_of("/?#", scheme.size()) -
                                                     scheme.size());
    return labels::read_origin(std::string(scheme) + std::string(host)).has_value() &&
           std::all_of(text.begin(), text.end(), [&](char c) {
             return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
           });
  }
  return false;
}

/// What GS1's linkset schema takes as the name of a relation.
bool is_link_type(std::string_view type) {
  if (type == "anchor" || type == "itemDescription" || type == "linkset" || type == "all") {
    return false;
  }
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  if (every(type, word)) return true;
  return is_web_address(type) && every(type.substr(type.find("://") + 3),
                                 [](char c) { return is_letter_or_digit(c) || c == '.' || c == '/'; });
}

/// `xx` or `xx-XX`; "und" says nothing and is left away instead.
bool is_language_tag(std::string_view tag) {
  const bool lone = tag.size() == 2;
  return (lone || (tag.size() == 5 && tag[2] == '-' && every(tag.substr(3), is_either_letter))) &&
         every(tag.substr(0, 2), is_either_letter);
}

bool is_context(std::string_view text) {
  return text.size() <= 64 && every(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_media(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && every(text.substr(0, slash), is_letter_or_digit) &&
         every(text.substr(slash + 1),
             [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '+' || c == '_'; });
}

/// An address that this resolver itself would resolve leads round in a circle.
bool leads_back(std::string_view href, std::string_view root) {
  if (root.empty() || href.size() <= root.size() || href[root.size()] != '/') return false;
  if (labels::upper(href.substr(0, root.size())) != labels::upper(root)) return false;
  const auto target = href.substr(root.size(), href.find('#') - root.size());
  return gs1_levels(target).has_value() || own_levels(target.substr(0, target.find('?')));
}

std::string_view string_of(const json::value& value) {
  return {value.get_string().data(), value.get_string().size()};
}

}  // namespace

std::nullopt_t LinkReader::refuse(Place place, std::string_view what) {
  place_ = std::move(place);
  what_ = what;
  return std::nullopt;
}

bool LinkReader::only(const json::object& object, std::initializer_list<std::string_view> members,
                      const Place& place) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(members.begin(), members.end(), name) != members.end()) continue;
    refuse(every(name, is_letter_or_digit) ? place + '/' + std::string(name) : place, "no such member");
    return false;
  }
  return true;
}

std::optional<std::string> LinkReader::text(const json::object& from, std::string_view member,
                                            const Place& place) {
  const json::value* value = from.if_contains(member);
  if (value == nullptr) {
    // The place of what lacks it: the member has no line of its own.
    return refuse(place, "lacks " + std::string(member));
  }
  const Place here = place + '/' + std::string(member);
  if (!value->is_string()) return refuse(here, "not a text");
  const std::string_view found = string_of(*value);
  if (found.empty() || found.size() > LinkTable::max_text || has_controls(found)) {
    return refuse(here, "empty, longer than 1024 octets, or with control characters");
  }
  return std::string(found);
}

std::optional<std::vector<std::string>> LinkReader::texts(const json::object& from,
                                                          std::string_view member,
                                                          const Place& place,
                                                          bool (*fits)(std::string_view),
                                                          std::string_view what) {
  std::vector<std::string> found;
  const json::value* value = from.if_contains(member);
  if (value == nullptr) return found;
  const Place here = place + '/' + std::string(member);
  if (!value->is_array() || value->get_array().empty() || value->get_array().size() > max_texts) {
    return refuse(here, "not a list of 1 to 16 texts");
  }
  for (const json::value& one : value->get_array()) {
    if (!one.is_string() || !fits(string_of(one))) {
      return refuse(here + '/' + std::to_string(found.size()), what);
    }
    found.emplace_back(string_of(one));
  }
  return found;
}

std::optional<std::string> LinkReader::file(const json::value& value) {
  if (!value.is_object()) return refuse("", "not an object");
  const json::object& object = value.get_object();
  if (!only(object, {"resolverRoot", "entries"}, "")) return std::nullopt;
  const json::value* entries = object.if_contains("entries");
  if (entries == nullptr) return refuse("", "lacks entries");
  if (!entries->is_array() || entries->get_array().size() > LinkTable::max_items) {
    return refuse("/entries", "not a list of at most 20000");
  }
  if (!object.contains("resolverRoot")) return std::string();
  auto root = text(object, "resolverRoot", "");
  if (!root) return std::nullopt;
  if (!root->starts_with("https://") || root->ends_with('/') || !labels::read_origin(*root)) {
    return refuse("/resolverRoot", "not https://HOST");
  }
  return root;
}

std::optional<LinkItem> LinkReader::item(const json::value& value, std::size_t number,
                                         std::string_view root) {
  const Place place = "/entries/" + std::to_string(number);
  if (!value.is_object()) return refuse(place, "not an object");
  const json::object& object = value.get_object();
  if (!only(object, {"anchor", "itemDescription", "links", "sameAs"}, place)) return std::nullopt;
  LinkItem item;
  const auto anchor = text(object, "anchor", place);
  if (!anchor) return std::nullopt;
  const auto own = own_levels(*anchor);
  if (own) {
    item.path = own->front();
  } else {
    const auto levels = gs1_levels(*anchor);
    if (!levels || anchor->find('?') != std::string::npos) {
      return refuse(place + "/anchor", "neither a GS1 Digital Link's path nor one of our own");
    }
    item.path = levels->front();
    if (is_restricted(item.path)) {
      return refuse(place + "/anchor", "a number for use inside one company (02, 04, 20-29)");
    }
  }
  auto description = text(object, "itemDescription", place);
  if (!description) return std::nullopt;
  item.description = *std::move(description);
  if (object.contains("sameAs")) {
    const auto same = text(object, "sameAs", place);
    if (!same) return std::nullopt;
    const auto levels = gs1_levels(*same);
    if (!own || !levels || same->find('?') != std::string::npos || is_restricted(*same)) {
      return refuse(place + "/sameAs", "leads from an anchor of our own to a GS1 path only");
    }
    item.same_as = levels->front();
  }
  const json::value* links = object.if_contains("links");
  if (links == nullptr && !item.same_as.empty()) return item;
  if (links == nullptr || !links->is_array() || links->get_array().empty() ||
      links->get_array().size() > LinkTable::max_links) {
    return refuse(links == nullptr ? place : place + "/links", "links: not a list of 1 to 64");
  }
  std::size_t defaults = 0;
  for (const json::value& one : links->get_array()) {
    auto read = link(one, place + "/links/" + std::to_string(item.links.size()), root);
    if (!read) return std::nullopt;
    defaults += read->type == default_link ? 1 : 0;
    item.links.push_back(*std::move(read));
  }
  if (defaults != 1) return refuse(place + "/links", "not exactly one gs1:defaultLink");
  return item;
}

std::optional<ItemLink> LinkReader::link(const json::value& value, const Place& place,
                                         std::string_view root) {
  if (!value.is_object()) return refuse(place, "not an object");
  const json::object& object = value.get_object();
  if (!only(object, {"linkType", "href", "title", "type", "hreflang", "context", "fwqs"}, place)) {
    return std::nullopt;
  }
  ItemLink link;
  const auto type = text(object, "linkType", place);
  if (!type) return std::nullopt;
  link.type = link_type(*type);
  if (!is_link_type(link.type)) return refuse(place + "/linkType", "not a link type");
  auto href = text(object, "href", place);
  if (!href) return std::nullopt;
  if (!is_web_address(*href)) return refuse(place + "/href", "not http(s)://HOST/...");
  if (leads_back(*href, root)) return refuse(place + "/href", "leads back to this resolver");
  link.href = *std::move(href);
  auto title = text(object, "title", place);
  if (!title) return std::nullopt;
  link.title = *std::move(title);
  if (object.contains("type")) {
    auto media = text(object, "type", place);
    if (!media) return std::nullopt;
    if (!is_media(*media)) return refuse(place + "/type", "not a media type");
    link.media = *std::move(media);
  }
  auto languages = texts(object, "hreflang", place, is_language_tag, "not xx or xx-XX");
  if (!languages) return std::nullopt;
  link.languages = *std::move(languages);
  auto contexts = texts(object, "context", place, is_context, "not a word");
  if (!contexts) return std::nullopt;
  link.contexts = *std::move(contexts);
  if (const json::value* forward = object.if_contains("fwqs")) {
    if (!forward->is_bool()) return refuse(place + "/fwqs", "not true or false");
    link.forwards_query = forward->get_bool();
  }
  const bool plain = link.media.empty() && link.languages.empty() && link.contexts.empty();
  if (link.type == default_link && !plain) {
    return refuse(place, "a gs1:defaultLink has href and title only");
  }
  return link;
}

}  // namespace nguon::server
