#include "server/api/passkeys.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"

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

constexpr std::size_t max_passkey_body = 12 * 1024;
constexpr std::int64_t ceremony_ms = Challenges::good_s * 1000;
// COSE's numbers of the two kinds of key that AuthenticatorData reads.
constexpr int cose_es256 = -7;
constexpr int cose_eddsa = -8;

/// Whom a passkey has to be for when it is used under the host that this request names. A browser
/// tells its page's origin itself, so a page of another host is refused however it gets here.
Result<RelyingParty> party_of(const Request& request, const std::vector<std::string>& hosts) {
  const Error refused{Errc::invalid, "passkey.host", {}, {}};
  const bool here = request.host == "localhost";
  const bool ours = std::ranges::any_of(hosts, [&](const std::string& host) {
    return host.substr(0, host.find(':')) == request.host;
  });
  if (!here && !(request.tls && ours)) return refused;
  const std::string_view named = request.headers.find("Host").value_or("");
  const std::string_view port = named.substr(std::min(named.size(), request.host.size()));
  const bool good = port.empty() || (port.front() == ':' && port.size() > 1 &&
                                     port.find_first_not_of("0123456789", 1) == port.npos);
  if (!good) return refused;
  return RelyingParty{request.host,
                      (request.tls ? "https://" : "http://") + request.host + std::string(port)};
}

Response json_or_problem(const ApiServices& services, Result<Response> response) {
  return response ? std::move(*response) : services.problems.response(response.error());
}

using PasskeyWork = std::function<Result<Response>(const Request&)>;

/// Runs `work` where signatures are checked and disks are waited for.
DeferredHandler on_passkey_pool(const ApiServices& services, PasskeyWork work) {
  return [services, work = std::move(work)](Request& request, const PathParams&, Respond respond) {
    auto task = [services, respond, work, asked = request] {
      respond(json_or_problem(services, work(asked)));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

/// The same with who reads, or 401.
DeferredHandler as_passkey_reader(
    const ApiServices& services, SessionDesk& sessions,
    std::function<Result<Response>(const Request&, const Viewer&)> work) {
  return on_passkey_pool(
      services,
      [services, &sessions, work = std::move(work)](const Request& request) -> Result<Response> {
        auto reader = reader_of(services.problems, sessions, request);
        if (auto* refused = std::get_if<Response>(&reader)) return std::move(*refused);
        return work(request, std::get<Viewer>(reader));
      });
}

/// PublicKeyCredentialCreationOptionsJSON (WebAuthn §5.1.9) but for the names of the person, which
/// the page knows and we need not. No attestation: which make it is, is nobody's business here.
Result<Response> making_options(PasskeyDesk& desk, const RelyingParty& party,
                                const Viewer& reader) {
  NGUON_TRY(const auto theirs, desk.of_person(reader.person));
  json::array known;
  for (const Passkey& passkey : theirs) {
    known.push_back(json::object{{"type", "public-key"}, {"id", passkey.id}});
  }
  json::array kinds;
  for (const int kind : {cose_es256, cose_eddsa}) {
    kinds.push_back(json::object{{"type", "public-key"}, {"alg", kind}});
  }
  return unkept_reply(
      {{"challenge", desk.challenge_to_make(reader.kid)},
       {"rp", {{"id", party.id}}},
       {"user", {{"id", ledger::base64url_encode(desk.user_handle(reader.person))}}},
       {"pubKeyCredParams", std::move(kinds)},
       {"excludeCredentials", std::move(known)},
       {"authenticatorSelection",
        {{"residentKey", "required"},
         {"requireResidentKey", true},
         {"userVerification", "required"}}},
       {"attestation", "none"},
       {"timeout", ceremony_ms}});
}

Result<PasskeyAssertion> read_assertion(std::string_view body) {
  const auto wrong = [](std::string field) {
    return ledger::invalid("passkey.body", std::move(field));
  };
  const auto value = ledger::parse_json(body);
  const auto* said = value ? value->if_object() : nullptr;
  if (said == nullptr || said->size() != 5) return wrong("");
  PasskeyAssertion assertion;
  const auto octets = [&](const char* name, std::string& to) -> Result<void> {
    const auto* member = said->if_contains(name);
    const auto decoded = member != nullptr && member->is_string()
                             ? ledger::base64url_decode(member->get_string())
                             : std::nullopt;
    if (!decoded) return wrong(std::string("/") + name);
    to = *decoded;
    return {};
  };
  std::string id;
  NGUON_CHECK(octets("id", id));
  assertion.id = ledger::base64url_encode(id);
  NGUON_CHECK(octets("client_data", assertion.answer.client_data));
  NGUON_CHECK(octets("authenticator_data", assertion.answer.authenticator_data));
  NGUON_CHECK(octets("signature", assertion.signature));
  NGUON_CHECK(octets("user_handle", assertion.user_handle));
  return assertion;
}

}  // namespace

std::vector<Route> passkey_routes(const ApiServices& services, SessionDesk& sessions,
                                  const PasskeyParts& parts) {
  constexpr RouteOptions bounded{max_passkey_body, false, false};
  PasskeyDesk* const desk = &parts.desk;
  const auto hosts = parts.hosts;
  const auto list = [desk](const Request&, const Viewer& reader) -> Result<Response> {
    NGUON_TRY(const auto theirs, desk->of_person(reader.person));
    json::array told;
    for (const Passkey& passkey : theirs) told.push_back(passkey_told(passkey));
    return unkept_reply({{"passkeys", std::move(told)}});
  };
  const auto options = [desk, hosts](const Request& request,
                                     const Viewer& reader) -> Result<Response> {
    NGUON_TRY(const auto party, party_of(request, hosts));
    return making_options(*desk, party, reader);
  };
  const auto add = [desk, hosts](const Request& request) -> Result<Response> {
    NGUON_TRY(const auto party, party_of(request, hosts));
    NGUON_TRY(const auto made, desk->add(request.body, party));
    return unkept_reply(passkey_told(made), 201);
  };
  const auto remove = [desk](const Request& request) -> Result<Response> {
    NGUON_CHECK(desk->remove(request.body));
    Response response;
    response.status = 204;
    return response;
  };
  const auto challenge = [services, desk, hosts](const Request& request,
                                                 const PathParams&) -> Response {
    const auto party = party_of(request, hosts);
    if (!party) return services.problems.response(party.error());
    return unkept_reply({{"challenge", desk->challenge_to_read()},
                         {"rpId", party->id},
                         {"userVerification", "required"},
                         {"timeout", ceremony_ms}});
  };
  const auto begin = [desk, hosts](const Request& request) -> Result<Response> {
    NGUON_TRY(const auto party, party_of(request, hosts));
    NGUON_TRY(const auto assertion, read_assertion(request.body));
    NGUON_TRY(const auto begun, desk->begin(assertion, party));
    return begun_reply(begun);
  };
  return {
      {Method::get, "/api/passkeys", as_passkey_reader(services, sessions, list), {}},
      {Method::post, "/api/passkeys", on_passkey_pool(services, add), bounded},
      {Method::post, "/api/passkeys/options", as_passkey_reader(services, sessions, options), {}},
      {Method::post, "/api/passkeys/removals", on_passkey_pool(services, remove), bounded},
      {Method::post, "/api/passkeys/challenge", InlineHandler(challenge), {}},
      {Method::post, "/api/passkeys/session", on_passkey_pool(services, begin), bounded},
  };
}

}  // namespace nguon::server
