#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string_view>

namespace nguon::schemas {

/// The member `name` of `value`, owned by it; nullptr where there is none or `value` is no object.
inline const boost::json::value* member(const boost::json::value& value, std::string_view name) {
  const boost::json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

}  // namespace nguon::schemas
