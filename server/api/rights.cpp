#include "server/api/rights.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/trace/opened.hpp"
#include "server/api/entries.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/pages/catalogue.hpp"
#include "server/rights/keeping.hpp"
#include "server/rights/my_data.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t rights_body_limit = max_rights_octets;

/// Runs `work` where signatures are checked, or answers that too many wait.
void answer_on_pool(const ApiServices& services, const Respond& respond,
                    std::function<Result<Response>()> work) {
  auto task = [services, respond, work = std::move(work)] {
    auto response = work();
    respond(response ? std::move(*response) : services.problems.response(response.error()));
  };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
  }
}

DeferredHandler post_signed(const ApiServices& services, int status,
                            std::function<Result<json::object>(const std::string&)> take) {
  return [services, status, take = std::move(take)](Request& request, const PathParams&,
                                                    Respond respond) {
    answer_on_pool(services, respond,
                   [take, status, body = std::move(request.body)]() -> Result<Response> {
                     NGUON_TRY(const auto shown, take(body));
                     return unkept_reply(shown, status);
                   });
  };
}

using Reading = std::function<Result<Response>(const Viewer&, const std::string& person)>;

DeferredHandler get_as_reader(const ApiServices& services, SessionDesk& sessions, Reading read) {
  return [services, &sessions, read = std::move(read)](Request& request, const PathParams& params,
                                                       Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    answer_on_pool(services, respond,
                   [read, viewer = std::get<Viewer>(std::move(reader)),
                    person = std::string(params["person"])] { return read(viewer, person); });
  };
}

Result<std::vector<HeldValue>> values_of(const ledger::Ledger& ledger, const RightsParts& parts,
                                         const std::string& person) {
  NGUON_TRY(const auto entries, parts.entries.of(person));
  return held_values(ledger, person, entries, vietnam_date(parts.clock.now_ms()));
}

json::object value_json(const HeldValue& value) {
  json::object told{
      {"entry", value.entry}, {"sub", value.sub}, {"type", value.type}, {"slot", value.slot}};
  if (value.duty) {
    told["law"] = value.duty->law;
    told["until"] = value.duty->until;
  }
  return told;
}

/// Whose values an `erase/1` would destroy: its subject, or whom the named entry's belong to.
Result<std::string> person_of_erasure(const ledger::Ledger& ledger, const ledger::Entry& erase) {
  if (erase.sub.starts_with("person:")) return erase.sub;
  const auto* entry = erase.data.if_contains("entry");
  if (entry == nullptr || !entry->is_string()) return std::string();
  NGUON_TRY(const auto leaf, ledger.find(entry->get_string()));
  if (!leaf) return std::string();
  NGUON_TRY(const auto named, ledger::trace::open_leaf(*leaf));
  NGUON_TRY(auto owner, owner_of(ledger, named.effective));
  return std::move(owner.person);
}

/// The duty that forbids what this entry asks for: of the named value, or, where all of a person
/// would go, the one that lasts longest.
Result<std::optional<KeepingDuty>> forbidding_duty(const ledger::Ledger& ledger,
                                                   const RightsParts& parts,
                                                   const ledger::Entry& erase) {
  NGUON_TRY(const auto person, person_of_erasure(ledger, erase));
  std::optional<KeepingDuty> longest;
  if (person.empty()) return longest;
  NGUON_TRY(const auto values, values_of(ledger, parts, person));
  const bool all = !erase.data.contains("slot");
  for (const HeldValue& value : values) {
    const bool named = all || (json::value(value.entry) == erase.data.at("entry") &&
                               json::value(value.slot) == erase.data.at("slot"));
    if (!named || !value.duty) continue;
    if (!longest || longest->until < value.duty->until) longest = value.duty;
  }
  return longest;
}

/// The `erase/1` of an SD-JWT. What is still held is told to nobody who is not known here: a key
/// that did not sign it, or no longer signs, is told off. Whether it is allowed is the log's to
/// say.
Result<ledger::Entry> read_erasure(const ledger::Ledger& ledger, const std::string& body) {
  const std::string text = body.substr(0, body.find('~'));
  NGUON_TRY(const auto jws, ledger::parse_jws(text, ledger::entry_typ));
  NGUON_TRY(auto claims, ledger::parse_claims(text, jws));
  if (!claims.entry.is("erase")) return ledger::invalid("rights.erasure", "/type");
  NGUON_TRY(const auto stored, ledger.state(ledger::state_key::key(jws.kid)));
  const Error refused{Errc::forbidden, "rights.signer", "/kid", {}};
  if (!stored) return refused;
  NGUON_TRY(const auto record, ledger::decode<ledger::KeyRecord>(*stored));
  if (record.revoked) return refused;
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(record.jwk));
  NGUON_CHECK(ledger::verify_jws(jws, key));
  return std::move(claims.entry);
}

Response kept_by_law(const Problems& problems, const KeepingDuty& duty) {
  return problems.response(
      409, {Errc::conflict, "rights.keep", "/data", duty.law + "; until " + duty.until});
}

DeferredHandler post_erasure(const ApiServices& services, RightsParts parts) {
  return [services, parts](Request& request, const PathParams&, Respond respond) {
    auto task = [services, parts, respond, body = std::move(request.body)] {
      const auto erase = read_erasure(services.ledger, body);
      if (!erase) return respond(services.problems.response(erase.error()));
      const auto duty = forbidding_duty(services.ledger, parts, *erase);
      if (!duty) return respond(services.problems.response(duty.error()));
      if (*duty) return respond(kept_by_law(services.problems, **duty));
      services.ledger.submit(
          body, erase->id,
          [problems = services.problems, respond, id = erase->id](ledger::Outcome outcome) {
            respond(entry_response(outcome, id, problems));
          });
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace

std::vector<Route> rights_routes(const ApiServices& services, const schemas::Bundle& bundle,
                                 SessionDesk& sessions, RightsParts parts) {
  constexpr RouteOptions statement{rights_body_limit, false, false};
  constexpr RouteOptions submission{max_submission_octets, false, false};
  const auto& ledger = services.ledger;
  const auto removable = [&ledger, parts](const std::string& person) -> Result<std::size_t> {
    NGUON_TRY(const auto values, values_of(ledger, parts, person));
    return static_cast<std::size_t>(
        std::ranges::count_if(values, [](const HeldValue& value) { return !value.duty; }));
  };
  const auto data = [&ledger, &bundle, parts](const Viewer& viewer,
                                              const std::string& person) -> Result<json::object> {
    NGUON_TRY(const auto theirs, parts.passkeys.of_person(person));
    json::array passkeys;
    for (const Passkey& passkey : theirs) passkeys.push_back(passkey_told(passkey));
    return my_data(ledger, bundle, parts.entries, parts.requests, viewer, person,
                   std::move(passkeys), parts.clock.now_ms());
  };
  const auto reading = [&](Reading read) {
    return get_as_reader(services, sessions, std::move(read));
  };
  return {
      {Method::post, "/api/rights/requests",
       post_signed(services, 201,
                   [parts](const std::string& body) { return parts.requests.request(body); }),
       statement},
      {Method::post, "/api/rights/answers",
       post_signed(services, 200,
                   [parts, removable](const std::string& body) {
                     return parts.requests.answer(body, removable);
                   }),
       statement},
      {Method::get,
       "/api/rights/requests",
       reading([parts](const Viewer& viewer, const std::string&) -> Result<Response> {
         NGUON_TRY(auto requests, parts.requests.list(viewer));
         return unkept_reply({{"requests", std::move(requests)}});
       }),
       {}},
      {Method::get,
       "/api/rights/people/{person}",
       reading([data](const Viewer& viewer, const std::string& person) -> Result<Response> {
         NGUON_TRY(const auto all, data(viewer, person));
         return unkept_reply(all);
       }),
       {}},
      {Method::get,
       "/api/rights/people/{person}/page",
       reading(
           [data, &bundle](const Viewer& viewer, const std::string& person) -> Result<Response> {
             NGUON_TRY(const auto all, data(viewer, person));
             return reply(200, "text/html; charset=utf-8", my_data_page(all, bundle));
           }),
       {}},
      {Method::get,
       "/api/rights/people/{person}/erasure",
       reading(
           [&ledger, parts](const Viewer& viewer, const std::string& person) -> Result<Response> {
             NGUON_TRY(const bool allowed, may_have_data_of(ledger, viewer, person));
             if (!allowed) return Error{Errc::forbidden, "rights.reader", {}, {}};
             NGUON_TRY(const auto values, values_of(ledger, parts, person));
             json::array told;
             for (const HeldValue& value : values) told.push_back(value_json(value));
             return unkept_reply({{"values", std::move(told)}});
           }),
       {}},
      {Method::post, "/api/rights/erasures", post_erasure(services, parts), submission},
  };
}

}  // namespace nguon::server
