#include "server/api/subjects.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/base/json.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <string>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

/// Longest subject id: a kind and 26 symbols (DESIGN §3).
constexpr std::size_t max_subject_octets = 64;

/// One stored record as JSON; absent when there is none. Stored text is ours, so it parses.
ledger::Result<std::optional<json::object>> record_at(const ledger::Ledger& log,
                                                      const std::string& key) {
  NGUON_TRY(const std::optional<std::string> text, log.state(key));
  if (!text) return std::optional<json::object>();
  boost::system::error_code error;
  json::value value = json::parse(*text, error);
  if (error || !value.is_object()) {
    return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, "a state record is no JSON"};
  }
  return std::optional<json::object>(std::move(value.get_object()));
}

ledger::Result<json::array> history_of(const ledger::Ledger& log,
                                       const std::vector<std::uint64_t>& indexes) {
  json::array history;
  for (const std::uint64_t index : indexes) {
    NGUON_TRY(const ledger::Leaf leaf, log.leaf(index));
    history.push_back(
        json::object{{"index", leaf.index}, {"recorded", leaf.recorded}, {"entry", leaf.jws}});
  }
  return history;
}

ledger::Result<Response> subject_response(const ledger::Ledger& log, const std::string& sub,
                                          std::uint64_t after) {
  const ledger::Error unknown{ledger::Errc::not_found, "subject.unknown", {}, {}};
  if (sub.size() > max_subject_octets || sub.find('/') != std::string::npos) return unknown;
  NGUON_TRY(std::optional<json::object> head, record_at(log, ledger::state_key::head(sub)));
  if (!head) return unknown;
  NGUON_TRY(std::optional<json::object> record, record_at(log, ledger::state_key::subject(sub)));
  NGUON_TRY(std::vector<std::uint64_t> indexes, log.history(sub, after, history_page + 1));
  const bool more = indexes.size() > history_page;
  if (more) indexes.pop_back();
  NGUON_TRY(json::array history, history_of(log, indexes));
  json::object body{
      {"sub", sub},
      {"head", json::object{{"count", head->at("count")}, {"head", head->at("head")}}},
      {"history", std::move(history)}};
  if (record) body["record"] = std::move(*record);
  if (more) body["next"] = after + history_page;
  return json_reply(body);
}

}  // namespace

InlineHandler get_subject(const ApiServices& services) {
  return [services](const Request& request, const PathParams& params) -> Response {
    const auto after = parse_number(request.query_value("after").value_or("0"));
    if (!after) return services.problems.response(ledger::invalid("http.query", {}, "after"));
    auto response = subject_response(services.ledger, std::string(params["sub"]), *after);
    return response ? std::move(*response) : services.problems.response(response.error());
  };
}

}  // namespace nguon::server
