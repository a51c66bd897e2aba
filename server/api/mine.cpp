#include "server/api/mine.hpp"

#include "ledger/audit/links.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>

#include <limits>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

struct Asked {
  std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
  std::size_t limit = most_own_rows;
};

Result<Asked> asked_of(const Request& request) {
  Asked asked;
  if (const auto said = request.query_value("before")) {
    const auto number = parse_number(*said);
    if (!number) return ledger::invalid("http.query", {}, "before");
    asked.before = *number;
  }
  if (const auto said = request.query_value("limit")) {
    const auto number = parse_number(*said);
    if (!number || *number < 1 || *number > most_own_rows) return ledger::invalid("mine.limit");
    asked.limit = *number;
  }
  return asked;
}

Result<json::object> row_of(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                            const Viewer& viewer, std::uint64_t index) {
  NGUON_TRY(const auto leaf, ledger.leaf(index));
  NGUON_TRY(const auto linked, ledger::read_linked(leaf.index, leaf.recorded, leaf.jws));
  NGUON_TRY(const auto receipt, ledger.receipt(index));
  NGUON_TRY(auto values, private_values(ledger, bundle, viewer, linked.entry.id));
  return json::object{{"id", linked.entry.id},      {"index", leaf.index},
                      {"recorded", leaf.recorded}, {"entry", leaf.jws},
                      {"receipt", receipt},        {"values", std::move(values)}};
}

Result<Response> mine_response(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                               OwnEntries& own, const Viewer& viewer, const Asked& asked) {
  NGUON_CHECK(own.refresh());
  auto indexes = own.newest(viewer.person, asked.before, asked.limit + 1);
  const bool more = indexes.size() > asked.limit;
  if (more) indexes.pop_back();
  json::array rows;
  for (const std::uint64_t index : indexes) {
    NGUON_TRY(auto row, row_of(ledger, bundle, viewer, index));
    rows.emplace_back(std::move(row));
  }
  json::object body{{"rows", std::move(rows)}};
  if (more) body["next"] = indexes.back();
  if (own.first() > 0) {
    NGUON_TRY(const auto oldest, ledger.leaf(own.first()));
    body["since"] = oldest.recorded;
  }
  return unkept_reply(body);
}

}  // namespace

DeferredHandler get_mine(const ApiServices& services, const schemas::Bundle& bundle,
                         SessionDesk& sessions, OwnEntries& own) {
  return [services, &bundle, &sessions, &own](Request& request, const PathParams&,
                                              Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    const auto asked = asked_of(request);
    if (!asked) return respond(services.problems.response(asked.error()));
    auto task = [services, &bundle, &own, viewer = std::get<Viewer>(std::move(reader)),
                 asked = *asked, accepted = accept_encoding(request), respond] {
      auto response = mine_response(services.ledger, bundle, own, viewer, asked);
      respond(response ? encoded(accepted, std::move(*response))
                       : services.problems.response(response.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
