#include "server/api/entry_times.hpp"

#include <boost/json/array.hpp>

namespace nguon::server {

namespace json = boost::json;

json::object entry_time_json(const ledger::trace::EntryTimes& times) {
  json::object told{{"iat", times.iat}, {"recorded", times.recorded}};
  if (times.seen) {
    json::object seen{{"size", times.seen->size}, {"ours", times.seen->ours}};
    if (times.seen->ours) seen["recorded"] = times.seen->recorded;
    told["seen"] = std::move(seen);
  }
  if (times.covering) {
    json::array by;
    for (const ledger::Cosigned& one : times.covering->by) {
      by.push_back({{"name", one.name}, {"at", one.at}});
    }
    told["cosigned"] = {{"size", times.covering->size},
                        {"by", std::move(by)},
                        {"checkpoint", times.covering->note}};
  }
  return told;
}

}  // namespace nguon::server
