#include "server/api/entries.hpp"

#include "server/api/json_reply.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view sd_jwt_type = "application/sd-jwt";

/// Whether the body says it is an SD-JWT; a media type's parameters are ignored (RFC 9110 §8.3.1).
bool is_sd_jwt(const Request& request) {
  const auto value = request.headers.find("Content-Type");
  if (!value) return false;
  std::string_view type = value->substr(0, value->find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return equal_case_blind(type, sd_jwt_type);
}

Response statement_reply(int status, std::string statement) {
  return reply(status, "application/jwt", std::move(statement));
}

}  // namespace

Response entry_response(const ledger::Outcome& outcome, std::string_view id,
                        const Problems& problems) {
  using Kind = ledger::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::created: {
      Response response = statement_reply(201, outcome.statement);
      response.headers.emplace_back("Location", "/api/entries/" + std::string(id));
      return response;
    }
    case Kind::repeated:
      return statement_reply(200, outcome.statement);
    case Kind::held:
      return statement_reply(202, outcome.statement);
    case Kind::refused:
      return problems.response(422, outcome.error, outcome.statement);
    case Kind::conflict:
      return problems.response(409, outcome.error, outcome.statement);
    case Kind::error:
      break;
  }
  return problems.response(outcome.error);
}

DeferredHandler put_entry(const ApiServices& services) {
  return [services](Request& request, const PathParams& params, Respond respond) {
    const Problems& problems = services.problems;
    if (!is_sd_jwt(request)) {
      const ledger::Error error =
          ledger::invalid("http.content-type", {}, std::string(sd_jwt_type));
      return respond(problems.response(415, error));
    }
    auto task = [services, respond, id = std::string(params["id"]),
                 body = std::move(request.body)] {
      // The log may answer after this table is gone, so its answer brings its own sentences.
      services.ledger.submit(body, id,
                             [problems = services.problems, respond, id](ledger::Outcome outcome) {
                               respond(entry_response(outcome, id, problems));
                             });
    };
    if (!services.admission.post(std::move(task))) {
      respond(problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

InlineHandler get_entry(const ApiServices& services) {
  return [services](const Request&, const PathParams& params) -> Response {
    const auto found = services.ledger.find(params["id"]);
    if (!found) return services.problems.response(found.error());
    if (!*found)
      return services.problems.response({ledger::Errc::not_found, "entry.not-found", {}, {}});
    const ledger::Leaf& leaf = **found;
    const auto receipt = services.ledger.receipt(leaf.index);
    if (!receipt) return services.problems.response(receipt.error());
    return json_reply({{"entry", leaf.jws},
                       {"index", leaf.index},
                       {"receipt", *receipt},
                       {"recorded", leaf.recorded}});
  };
}

}  // namespace nguon::server
