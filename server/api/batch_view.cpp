#include "server/api/batch_view.hpp"

#include "ledger/apply/codec.hpp"
#include "ledger/trace/trace.hpp"
#include "server/pages/catalogue.hpp"
#include "server/rights/consent.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
namespace trace = ledger::trace;
using ledger::codec::to_json;

const char* standing_name(trace::OcopLine::Standing standing) {
  switch (standing) {
    case trace::OcopLine::Standing::valid:
      return "valid";
    case trace::OcopLine::Standing::not_yet:
      return "not_yet";
    case trace::OcopLine::Standing::lapsed:
      return "lapsed";
    case trace::OcopLine::Standing::withdrawn:
      return "withdrawn";
    case trace::OcopLine::Standing::other_holder:
      return "other_holder";
  }
  return "unknown";
}

json::object place_json(const trace::PlaceName& place) {
  return {{"commune", place.commune}, {"province", place.province}};
}

json::object org_json(const trace::OrgView& org) {
  return {{"sub", org.sub}, {"record", to_json(org.record)}, {"place", place_json(org.place)}};
}

template <class List, class Write>
json::array list(const List& items, Write&& write) {
  json::array array;
  for (const auto& item : items) array.push_back(write(item));
  return array;
}

json::object origin_json(const trace::Origin& origin) {
  return {{"batches", list(origin.batches, [](const std::string& sub) { return to_json(sub); })},
          {"sites", list(origin.sites,
                         [](const trace::SiteView& site) {
                           return json::object{{"sub", site.sub},
                                               {"record", to_json(site.record)},
                                               {"place", place_json(site.place)}};
                         })},
          {"harvest_first", origin.harvest_first},
          {"harvest_last", origin.harvest_last},
          {"harvests", origin.harvests},
          {"tickets", origin.tickets},
          {"cut", origin.cut}};
}

json::object batch_json(const trace::BatchView& view) {
  json::object batch{
      {"sub", view.sub},
      {"batch", to_json(view.record)},
      {"product", {{"sub", view.product.sub}, {"record", to_json(view.product.record)}}},
      {"maker", org_json(view.maker)},
      {"holder", org_json(view.holder)},
      {"origin", origin_json(view.origin)}};
  if (view.packed) batch["packed"] = *view.packed;
  batch["ocop"] = list(view.ocop, [](const trace::OcopLine& line) {
    return json::object{{"sub", line.sub},
                        {"record", to_json(line.record)},
                        {"last_day", line.last_day},
                        {"standing", standing_name(line.standing)}};
  });
  batch["certificates"] = list(view.certificates, [](const trace::CertificateView& certificate) {
    return json::object{{"sub", certificate.sub}, {"record", to_json(certificate.record)}};
  });
  batch["recalls"] = list(view.recalls, [](const trace::RecallView& recall) {
    return json::object{{"batch", recall.batch},
                        {"recall", to_json(recall.recall)},
                        {"vi", recall.notice_vi},
                        {"en", recall.notice_en}};
  });
  return batch;
}

}  // namespace

BatchView batch_view(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                     const ledger::Clock& clock) {
  return [&](const std::string& sub) -> ledger::Result<std::optional<json::object>> {
    const trace::LedgerSource source(ledger);
    const trace::Trace reader(source, bundle, clock.now_ms());
    NGUON_TRY(const auto view, reader.batch(sub));
    if (!view) return std::optional<json::object>();
    json::object batch = batch_json(*view);
    NGUON_TRY(const auto story, reader.timeline(view->origin.batches));
    NGUON_TRY(const auto growers, named_growers(ledger, source, story, vietnam_date(clock.now_ms())));
    batch["growers"] = json::array(growers.begin(), growers.end());
    return std::optional<json::object>(std::move(batch));
  };
}

}  // namespace nguon::server
