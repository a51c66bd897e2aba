#include "server/resolver/linkset.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

json::array text_array(const std::vector<std::string>& from) {
  json::array array;
  for (const auto& text : from) array.push_back(json::string(text));
  return array;
}

json::object link_object(const ItemLink& link) {
  json::object object{{"href", link.href}, {"title", link.title}};
  if (link.type == default_link) return object;
  if (!link.media.empty()) object["type"] = link.media;
  if (!link.languages.empty()) object["hreflang"] = text_array(link.languages);
  if (!link.contexts.empty()) object["context"] = text_array(link.contexts);
  if (!link.forwards_query) object["fwqs"] = false;
  return object;
}

}  // namespace

std::string write_linkset(std::string_view root, const std::vector<const LinkItem*>& items) {
  json::array all;
  for (const LinkItem* item : items) {
    const bool whole = item->path.starts_with("http");
    json::object object{{"anchor", (whole ? std::string() : std::string(root)) + item->path},
                        {"itemDescription", item->description}};
    for (const ItemLink& link : item->links) {
      json::value& same = object[link.type];
      if (same.is_null()) same = json::array();
      same.as_array().push_back(link_object(link));
    }
    all.push_back(std::move(object));
  }
  return json::serialize(json::object{{"linkset", std::move(all)}});
}

std::string linkset_field(std::string_view address) {
  return '<' + std::string(address) + "?linkType=linkset>; rel=\"linkset\"; type=\"" +
         std::string(linkset_json) + '"';
}

}  // namespace nguon::server
