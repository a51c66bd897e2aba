#pragma once

#include "server/http/response.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {

inline Response json_reply(const boost::json::object& object) {
  return reply(200, "application/json", boost::json::serialize(object));
}

/// For answers that hold what is personal or secret: nobody on the way keeps them.
inline Response unkept_reply(const boost::json::object& object, int status = 200) {
  Response response = json_reply(object);
  response.status = status;
  response.cache_control = "no-store";
  return response;
}

}  // namespace nguon::server
