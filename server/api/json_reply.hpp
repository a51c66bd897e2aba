#pragma once

#include "server/http/response.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {

inline Response json_reply(const boost::json::object& object) {
  return reply(200, "application/json", boost::json::serialize(object));
}

}  // namespace nguon::server
