#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One link of an item. Types are whole addresses in one spelling (link_type()).
struct ItemLink {
  std::string type;
  std::string href;   ///< http(s)://host/…
  std::string title;
  std::string media;                   ///< `text/html`, or empty.
  std::vector<std::string> languages;  ///< `vi`, `en-GB`; of what stands behind it.
  std::vector<std::string> contexts;   ///< Whom or where it is for, as the importer names it.
  bool forwards_query = true;          ///< What was asked behind `?` is handed on.
  bool operator==(const ItemLink&) const = default;
};

/// What is known of one GTIN, lot, serial, place …
struct LinkItem {
  std::string path;  ///< One of ItemLevels; of a label of ours the whole address.
  std::string description;  ///< For people.
  std::vector<ItemLink> links;  ///< In a table exactly one of them is the default.
  std::string same_as;      ///< Of our own scheme: the GS1 path that names the same; or empty.
  bool operator==(const LinkItem&) const = default;
};

/// `gs1:pip`, or that word under any of GS1's three addresses, as `https://gs1.org/voc/pip`; anything
/// else as it came.
std::string link_type(std::string_view asked);

inline constexpr std::string_view default_link = "https://gs1.org/voc/defaultLink";
inline constexpr std::string_view default_link_multi = "https://gs1.org/voc/defaultLinkMulti";

}  // namespace nguon::server
