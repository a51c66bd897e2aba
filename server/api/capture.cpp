#include "server/api/capture.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_master.hpp"
#include "server/api/conditional.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Error;
using ledger::Result;

/// No co-op has so many; a phone could not show more. The oldest count, in the order of their ids.
constexpr std::size_t most_rows = 5'000;

void put(json::object& object, std::string_view name, const std::optional<std::string>& value) {
  if (value) object[name] = *value;
}

json::object show(const ledger::ProductRecord& product) {
  json::object shown{{"name", product.name}, {"crop", product.crop}, {"stage", product.stage}};
  put(shown, "name_en", product.name_en);
  put(shown, "variety", product.variety);
  return shown;
}

json::object show(const ledger::SiteRecord& site) {
  json::object shown{{"name", site.name}, {"kind", site.kind}, {"commune", site.commune.code}};
  put(shown, "crop", site.crop);
  return shown;
}

/// A living animal by the numbers it wears; `withheld` is the first day its meat is free again.
json::object show(const ledger::AnimalRecord& animal) {
  json::array tags;
  for (const ledger::Tag& tag : animal.tags) {
    if (!tag.until) tags.emplace_back(tag.number);
  }
  json::object shown{{"species", animal.species}, {"breed", animal.breed},
                     {"sex", animal.sex},         {"site", animal.site},
                     {"tags", std::move(tags)},   {"arrived", animal.arrived}};
  put(shown, "withheld", animal.withheld);
  return shown;
}

bool is_gone(const ledger::ProductRecord& product) { return product.retired.has_value(); }
bool is_gone(const ledger::SiteRecord& site) { return site.retired.has_value(); }
bool is_gone(const ledger::AnimalRecord& animal) { return animal.ended.has_value(); }

/// The rows of `word` ("product/") that `org` owns and still uses.
template <class Record>
Result<json::array> rows_of(const ledger::Ledger& log, std::string_view kind,
                            const std::string& org) {
  json::array rows;
  // Most rows are another organisation's: those are passed without being parsed.
  const std::string mark = '"' + org + '"';
  Error fault;
  bool failed = false;
  const std::string prefix = std::string(kind) + '/';
  NGUON_CHECK(log.scan_state(prefix, [&](std::string_view key, std::string_view value) {
    if (value.find(mark) == std::string_view::npos) return true;
    auto record = ledger::decode<Record>(value);
    if (!record) {
      fault = record.error();
      failed = true;
      return false;
    }
    if (record->org != org || is_gone(*record)) return true;
    json::object row = show(*record);
    row["sub"] = std::string(kind) + ':' + std::string(key.substr(prefix.size()));
    rows.emplace_back(std::move(row));
    return rows.size() < most_rows;
  }));
  if (failed) return fault;
  return rows;
}

/// Who records of an animal continues its history: each row with the newest entry of it.
Result<void> add_heads(const ledger::Ledger& log, json::array& animals) {
  for (json::value& row : animals) {
    json::object& animal = row.get_object();
    NGUON_TRY(const auto stored,
              log.state(ledger::state_key::head(std::string(animal["sub"].get_string()))));
    if (!stored) continue;
    NGUON_TRY(const auto head, ledger::decode<ledger::HeadRecord>(*stored));
    animal["head"] = head.head;
  }
  return {};
}

Result<Response> capture_response(const ledger::Ledger& log, const std::string& org) {
  const Error unknown{ledger::Errc::not_found, "subject.unknown", {}, {}};
  if (!org.starts_with("org:") || org.find('/') != std::string::npos) return unknown;
  NGUON_TRY(const auto stored, log.state(ledger::state_key::subject(org)));
  if (!stored) return unknown;
  NGUON_TRY(const auto record, ledger::decode<ledger::OrgRecord>(*stored));
  NGUON_TRY(auto products, rows_of<ledger::ProductRecord>(log, "product", org));
  NGUON_TRY(auto sites, rows_of<ledger::SiteRecord>(log, "site", org));
  NGUON_TRY(auto animals, rows_of<ledger::AnimalRecord>(log, "animal", org));
  NGUON_CHECK(add_heads(log, animals));
  Response response = json_reply({{"org", org},
                                  {"name", record.name},
                                  {"products", std::move(products)},
                                  {"sites", std::move(sites)},
                                  {"animals", std::move(animals)}});
  response.cache_control = "no-cache";
  return response;
}

}  // namespace

DeferredHandler get_capture(const ApiServices& services) {
  return [services](const Request& request, const PathParams& params, Respond respond) {
    auto task = [services, respond, org = std::string(params["org"]),
                 tag = if_none_match(request), coding = accept_encoding(request)] {
      auto response = capture_response(services.ledger, org);
      respond(response ? conditional(tag, encoded(coding, std::move(*response)))
                       : services.problems.response(response.error()));
    };
    // Beside the loops: a province's plots are some hundred thousand rows to pass.
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
