#pragma once

#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

#include <map>
#include <string>

namespace nguon::server {

/// A lot of 10 kg in bags of 1 kg, some labels on a roll of 50 and what became of them.
class LabelsApi : public TestApi {
 protected:
  LabelsApi() {
    lot = start("clerk", "batch.receive/1", "batch",
                {{"product", small.product},
                 {"on", "2026-10-05"},
                 {"qty", {{"amount", "10"}, {"unit", "kg"}}},
                 {"ticket", "1"}});
    const auto asked = small.add(small.people.make("label.request/1")
                                     .by("clerk")
                                     .starts("request")
                                     .data("{\"count\":50}")
                                     .sign());
    range = start("service", "label.range/1", "range",
                  {{"org", small.coop},
                   {"request", asked.id},
                   {"number", 0},
                   {"count", 50},
                   {"epoch", 0},
                   {"serial_root", asked.id}});
  }
  std::string start(std::string_view by, std::string_view type, std::string_view kind,
                    const boost::json::object& data) {
    const auto made =
        small.add(small.people.make(type).by(by).starts(kind).data(boost::json::serialize(data)).sign());
    heads[made.sub] = made.id;
    return made.sub;
  }
  ledger::MadeEntry made(std::string_view type, const std::string& sub, const boost::json::object& data) {
    return small.people.make(type)
        .by("clerk")
        .continues(sub, heads[sub])
        .data(boost::json::serialize(data))
        .sign();
  }
  std::string go_on(std::string_view type, const std::string& sub, const boost::json::object& data) {
    const auto entry = small.add(made(type, sub, data));
    heads[sub] = entry.id;
    return entry.id;
  }
  static boost::json::object span(int first, int last, boost::json::object more = {}) {
    more["first"] = first;
    more["last"] = last;
    more["on"] = "2026-10-08";
    return more;
  }
  boost::json::object for_lot(boost::json::object data) const {
    data["batch"] = lot;
    data["pack"] = {{"amount", "1"}, {"unit", "kg"}};
    return data;
  }

  std::string lot, range;
  std::map<std::string, std::string> heads;
};

}  // namespace nguon::server
