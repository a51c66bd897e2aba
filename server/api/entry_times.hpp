#pragma once

#include "ledger/trace/times.hpp"

#include <boost/json/object.hpp>

namespace nguon::server {

/// `time` of an entry as the API tells it (schemas/openapi.json, EntryTime).
boost::json::object entry_time_json(const ledger::trace::EntryTimes& times);

}  // namespace nguon::server
