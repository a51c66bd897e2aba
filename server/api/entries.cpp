#include "server/api/entries.hpp"

#include "server/api/entry_times.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view sd_jwt_type = "application/sd-jwt";

/// What plain clients send for the same ASCII text; curl's --data says the form type. The body's
/// own grammar is stricter than any of these names, so only a name that contradicts it is refused.
constexpr std::array<std::string_view, 5> plain_types = {sd_jwt_type, "application/jwt",
                                                         "application/octet-stream", "text/plain",
                                                         "application/x-www-form-urlencoded"};

/// Whether the declared media type (RFC 9110 §8.3.1) lets the body be an SD-JWT in ASCII.
bool may_be_sd_jwt(const Request& request) {
  const auto value = request.headers.find("Content-Type");
  if (!value) return true;
  std::string_view type = value->substr(0, value->find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  const bool named = std::any_of(plain_types.begin(), plain_types.end(),
                                 [&](auto plain) { return equal_case_blind(type, plain); });
  const auto charset = value->find("charset=");
  if (!named || charset == std::string_view::npos) return named;
  const auto name = value->substr(charset + 8, value->find(';', charset) - charset - 8);
  return equal_case_blind(name, "utf-8") || equal_case_blind(name, "us-ascii");
}

constexpr std::string_view receipt_type = "application/vnd.nguon.receipt";

}  // namespace

Response entry_response(const ledger::Outcome& outcome, std::string_view id,
                        const Problems& problems) {
  using Kind = ledger::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::created: {
      Response response = reply(201, std::string(receipt_type), outcome.statement);
      response.headers.emplace_back("Location", "/api/entries/" + std::string(id));
      return response;
    }
    case Kind::repeated:
      return reply(200, std::string(receipt_type), outcome.statement);
    case Kind::held:
      return reply(202, "application/jwt", outcome.statement);
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
    if (!may_be_sd_jwt(request)) {
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
    const auto times = ledger::trace::times_of(services.ledger, leaf.index);
    if (!times) return services.problems.response(times.error());
    return json_reply({{"entry", leaf.jws},
                       {"index", leaf.index},
                       {"receipt", *receipt},
                       {"recorded", leaf.recorded},
                       {"time", entry_time_json(*times)}});
  };
}

}  // namespace nguon::server
