#pragma once

#include "server/resolver/link_item.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Reads the parts of a links file and says of the first wrong one where it stands and what is wrong.
class LinkReader {
 public:
  using Place = std::string;  ///< JSON Pointer.

  /// The whole but for its entries, of which it is known afterwards that they are an array: the root.
  std::optional<std::string> file(const boost::json::value& value);
  std::optional<LinkItem> item(const boost::json::value& value, std::size_t number,
                               std::string_view root);

  /// Of the part that was refused.
  const Place& place() const { return place_; }
  const std::string& what() const { return what_; }

 private:
  std::nullopt_t refuse(Place place, std::string_view what);
  std::optional<ItemLink> link(const boost::json::value& value, const Place& place,
                               std::string_view root);
  /// A text of 1 to max_text octets without control characters.
  std::optional<std::string> text(const boost::json::object& from, std::string_view member,
                                  const Place& place);
  /// Texts, each as `fits` wants it; none when the member is absent.
  std::optional<std::vector<std::string>> texts(const boost::json::object& from,
                                                std::string_view member, const Place& place,
                                                bool (*fits)(std::string_view),
                                                std::string_view what);
  bool only(const boost::json::object& object, std::initializer_list<std::string_view> members,
            const Place& place);

  Place place_;
  std::string what_;
};

}  // namespace nguon::server
