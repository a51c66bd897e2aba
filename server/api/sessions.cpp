#include "server/api/sessions.hpp"

#include "server/api/json_reply.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::string_view cookie_name = "__Host-nguon";

json::object viewer_json(const Viewer& reader) {
  return {{"kid", reader.kid},
          {"person", reader.person},
          {"org", reader.org},
          {"roles", json::array(reader.roles.begin(), reader.roles.end())}};
}

void set_cookie(Response& response, std::string_view token, std::int64_t seconds) {
  std::string cookie(cookie_name);
  cookie += '=';
  cookie += token;
  cookie += "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
  response.headers.emplace_back("Set-Cookie", std::move(cookie));
}

/// The session's token (RFC 6265 §5.4: pairs apart by "; "); empty when none is sent.
std::string_view token_of(const Request& request) {
  std::string_view rest = request.headers.find("Cookie").value_or(std::string_view());
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == cookie_name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

/// Calls `work` with who reads, or answers 401.
Response as_reader(const ApiServices& services, SessionDesk& desk, const Request& request,
                   const std::function<Result<Response>(const Viewer&)>& work) {
  auto reader = reader_of(services.problems, desk, request);
  if (auto* refused = std::get_if<Response>(&reader)) return std::move(*refused);
  auto response = work(std::get<Viewer>(reader));
  return response ? std::move(*response) : services.problems.response(response.error());
}

}  // namespace

std::variant<Viewer, Response> reader_of(const Problems& problems, SessionDesk& desk,
                                         const Request& request) {
  auto reader = desk.who(token_of(request));
  if (!reader) return problems.response(reader.error());
  if (!*reader) return problems.response(401, Error{Errc::forbidden, "session.none", {}, {}});
  return std::move(**reader);
}

Response begun_reply(const BegunSession& begun) {
  json::object who = viewer_json(begun.reader);
  who["until"] = begun.until;
  Response response = unkept_reply(std::move(who), 201);
  set_cookie(response, begun.token, session_s);
  return response;
}

InlineHandler post_challenge(SessionDesk& desk) {
  return [&desk](const Request&, const PathParams&) {
    return unkept_reply({{"nonce", desk.challenge()}});
  };
}

DeferredHandler post_session(const ApiServices& services, SessionDesk& desk) {
  return [services, &desk](Request& request, const PathParams&, Respond respond) {
    auto task = [services, &desk, respond, body = std::move(request.body)] {
      const auto begun = desk.begin(body);
      if (!begun) return respond(services.problems.response(begun.error()));
      respond(begun_reply(*begun));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

InlineHandler get_session(const ApiServices& services, SessionDesk& desk) {
  return [services, &desk](const Request& request, const PathParams&) {
    return as_reader(services, desk, request, [](const Viewer& reader) -> Result<Response> {
      return unkept_reply(viewer_json(reader));
    });
  };
}

InlineHandler delete_session(SessionDesk& desk) {
  return [&desk](const Request& request, const PathParams&) {
    desk.end(token_of(request));
    Response response;
    response.status = 204;
    set_cookie(response, {}, 0);
    return response;
  };
}

InlineHandler get_private(const ApiServices& services, const schemas::Bundle& bundle,
                          SessionDesk& desk) {
  return [services, &bundle, &desk](const Request& request, const PathParams& params) {
    return as_reader(services, desk, request, [&](const Viewer& reader) -> Result<Response> {
      NGUON_TRY(auto values, private_values(services.ledger, bundle, reader, params["id"]));
      return unkept_reply({{"values", std::move(values)}});
    });
  };
}

}  // namespace nguon::server
