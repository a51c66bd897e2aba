#include "server/api/subject_heads.hpp"

#include "ledger/base/base64url.hpp"
#include "server/api/conditional.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>

#include <functional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

/// As old as a checkpoint may be for a reader (DESIGN §4).
constexpr std::string_view two_seconds = "public, max-age=2";
constexpr std::size_t full_page = 256;

using SubjectAnswer = std::function<ledger::Result<Response>(const std::string& sub)>;

/// Answers on the pool.
void answer_later(const ApiServices& services, const Request& request, const PathParams& params,
                  Respond respond, SubjectAnswer answer) {
  auto task = [&problems = services.problems, respond, answer = std::move(answer),
               sub = std::string(params["sub"]), known = if_none_match(request)] {
    auto response = answer(sub);
    respond(response ? conditional(known, std::move(*response))
                     : problems.response(response.error()));
  };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {ledger::Errc::too_busy, "log.queue-full", {}, "queue is full"}));
  }
}

Response entries_reply(const std::string& sub, std::uint64_t page,
                       const std::vector<ledger::SubjectEntry>& entries) {
  json::array list;
  list.reserve(entries.size());
  for (const ledger::SubjectEntry& entry : entries) {
    list.push_back(
        json::object{{"index", entry.index}, {"id", ledger::base64url_encode(entry.id)}});
  }
  Response response =
      json_reply({{"sub", sub}, {"first", page * full_page}, {"entries", std::move(list)}});
  response.cache_control = entries.size() == full_page ? for_ever : two_seconds;
  return response;
}

Response proof_reply(const std::string& sub, const ledger::SubjectProof& proof) {
  json::array path;
  for (const ledger::Hash& hash : proof.path) path.emplace_back(ledger::base64url_encode(hash));
  Response response = json_reply({{"sub", sub},
                                  {"id", proof.id},
                                  {"index", proof.index},
                                  {"position", proof.position},
                                  {"path", std::move(path)},
                                  {"head", proof.statement}});
  response.cache_control = two_seconds;
  return response;
}

}  // namespace

InlineHandler get_subject_head(const ApiServices& services) {
  return [services](const Request& request, const PathParams& params) -> Response {
    auto head = services.ledger.subject_head(std::string(params["sub"]));
    if (!head) return services.problems.response(head.error());
    Response response = reply(200, "application/jwt", std::move(head->jws));
    response.cache_control = two_seconds;
    return conditional(if_none_match(request), std::move(response));
  };
}

DeferredHandler get_subject_entries(const ApiServices& services) {
  return [services](Request& request, const PathParams& params, Respond respond) {
    const auto page = parse_number(params["page"]);
    if (!page) return respond(services.problems.response(ledger::invalid("subject.page")));
    answer_later(
        services, request, params, std::move(respond),
        [&log = services.ledger, page = *page](const std::string& sub) -> ledger::Result<Response> {
          NGUON_TRY(const auto entries, log.subject_entries(sub, page));
          return entries_reply(sub, page, entries);
        });
  };
}

DeferredHandler get_subject_proof(const ApiServices& services) {
  return [services](Request& request, const PathParams& params, Respond respond) {
    answer_later(services, request, params, std::move(respond),
                 [&log = services.ledger, id = std::string(params["id"])](
                     const std::string& sub) -> ledger::Result<Response> {
                   NGUON_TRY(const auto proof, log.subject_proof(sub, id));
                   return proof_reply(sub, proof);
                 });
  };
}

}  // namespace nguon::server
