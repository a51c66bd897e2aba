#include "server/api/enrolments.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/base/json.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Response answer(const ApiServices& services, Result<Response> result) {
  return result ? std::move(*result) : services.problems.response(result.error());
}

/// Runs `work` where signatures are checked, or answers that too many wait.
void in_pool(const ApiServices& services, Respond respond, std::function<Result<Response>()> work) {
  auto task = [services, respond, work = std::move(work)] { respond(answer(services, work())); };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
  }
}

Result<json::object> read_body(std::string_view body, std::size_t members) {
  const auto value = ledger::parse_json(body);
  if (!value || !value->is_object() || value->get_object().size() != members) {
    return ledger::invalid("enrol.body");
  }
  return value->get_object();
}

Result<std::string> text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    return ledger::invalid("enrol.body", "/" + std::string(name));
  }
  return std::string(value->get_string());
}

/// The code as the desk knows it; what is none was never given out.
Result<std::string> code_of(const json::object& object) {
  NGUON_TRY(const auto typed, text_of(object, "code"));
  auto code = read_enrolment_code(typed);
  if (code.empty()) return Error{Errc::not_found, "enrol.unknown", "/code", {}};
  return code;
}

Result<json::object> for_phone(const ledger::Ledger& log, const Enrolment& enrolment) {
  const Invitation& invitation = enrolment.invitation;
  NGUON_TRY(const auto stored, log.state(ledger::state_key::subject(invitation.org)));
  json::object shown{{"aud", log.deployment_id()},
                     {"org", invitation.org},
                     {"person", invitation.person},
                     {"name", invitation.name},
                     {"roles", json::array(invitation.roles.begin(), invitation.roles.end())},
                     {"until", invitation.until},
                     {"done", enrolment.done},
                     {"log", log_number_of(log)},
                     {"vkey", log.log_vkey()}};
  if (stored) {
    NGUON_TRY(const auto org, ledger::decode<ledger::OrgRecord>(*stored));
    shown["org_name"] = org.name;
  }
  if (enrolment.offer) shown["kid"] = enrolment.offer->kid;
  return shown;
}

}  // namespace

DeferredHandler post_invitation(const ApiServices& services, EnrolDesk& desk) {
  return [services, &desk](Request& request, const PathParams&, Respond respond) {
    in_pool(services, std::move(respond),
            [&desk, body = std::move(request.body)]() -> Result<Response> {
              NGUON_TRY(const auto enrolment, desk.invite(body));
              const Invitation& invitation = enrolment.invitation;
              return unkept_reply(
                  {{"id", invitation.id}, {"code", invitation.code}, {"until", invitation.until}},
                  201);
            });
  };
}

InlineHandler get_enrolment(const ApiServices& services, EnrolDesk& desk) {
  return [services, &desk](const Request&, const PathParams& params) -> Response {
    return answer(services, [&]() -> Result<Response> {
      NGUON_TRY(const auto enrolment, desk.by_id(params["id"]));
      json::object shown{{"until", enrolment.invitation.until}, {"done", enrolment.done}};
      if (enrolment.offer) {
        shown["offer"] = {{"jwk", json::parse(enrolment.offer->jwk)},
                          {"proof", enrolment.offer->proof},
                          {"kid", enrolment.offer->kid}};
      }
      return unkept_reply(std::move(shown));
    }());
  };
}

InlineHandler delete_enrolment(const ApiServices& services, EnrolDesk& desk) {
  return [services, &desk](const Request&, const PathParams& params) -> Response {
    return answer(services, [&]() -> Result<Response> {
      NGUON_CHECK(desk.withdraw(params["id"]));
      Response response;
      response.status = 204;
      return response;
    }());
  };
}

InlineHandler post_enrolment_open(const ApiServices& services, EnrolDesk& desk) {
  return [services, &desk](const Request& request, const PathParams&) -> Response {
    return answer(services, [&]() -> Result<Response> {
      NGUON_TRY(const auto body, read_body(request.body, 1));
      NGUON_TRY(const auto code, code_of(body));
      NGUON_TRY(const auto enrolment, desk.by_code(code));
      NGUON_TRY(auto shown, for_phone(services.ledger, enrolment));
      return unkept_reply(std::move(shown));
    }());
  };
}

DeferredHandler post_enrolment_offer(const ApiServices& services, EnrolDesk& desk) {
  return [services, &desk](Request& request, const PathParams&, Respond respond) {
    in_pool(services, std::move(respond),
            [&desk, text = std::move(request.body)]() -> Result<Response> {
              NGUON_TRY(const auto body, read_body(text, 3));
              NGUON_TRY(const auto code, code_of(body));
              const auto* jwk = body.if_contains("jwk");
              if (jwk == nullptr) return ledger::invalid("enrol.body", "/jwk");
              NGUON_TRY(const auto proof, text_of(body, "proof"));
              NGUON_TRY(const auto enrolment, desk.offer(code, json::serialize(*jwk), proof));
              return unkept_reply({{"kid", enrolment.offer->kid}, {"done", enrolment.done}});
            });
  };
}

}  // namespace nguon::server
