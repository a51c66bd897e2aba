#include "server/witness/routes.hpp"

#include "server/api/documents.hpp"
#include "server/pages/witness_page.hpp"

#include <memory>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view note_type = "text/plain; charset=utf-8";
/// A request with the 16 ML-DSA lines that C2SP asks everybody to take fits in.
constexpr RouteOptions for_logs{default_body_limit, false, false};
constexpr RouteOptions for_monitors{default_body_limit, true, false};

DeferredHandler post_checkpoint(const WitnessParts& parts) {
  return [parts](Request& request, const PathParams&, Respond respond) {
    auto task = [parts, respond, body = std::move(request.body)] {
      respond(witness_response(parts.witness.add(body), parts.problems));
    };
    if (!parts.disk.post(std::move(task))) {
      respond(parts.problems.response({ledger::Errc::too_busy, "witness.busy", {}, {}}));
    }
  };
}

using Lookup = std::optional<std::string> (ledger::Witness::*)(std::string_view) const;

InlineHandler get_text(const WitnessParts& parts, Lookup lookup) {
  return [parts, lookup](const Request&, const PathParams& params) {
    auto text = (parts.witness.*lookup)(params["origin"]);
    if (!text) {
      return parts.problems.response({ledger::Errc::not_found, "witness.nothing", {}, {}});
    }
    return reply(200, std::string(note_type), std::move(*text));
  };
}

InlineHandler get_page(const WitnessParts& parts) {
  return [parts](const Request& request, const PathParams&) {
    const Lang lang = lang_of(request.query_value("lang").value_or(""));
    const WitnessView view{parts.witness.name().text(), parts.witness.healthy(),
                           parts.witness.watched()};
    const Page page = witness_page(view, lang, parts.clock.now_ms());
    Response response = reply(page.status, "text/html; charset=utf-8", page.html);
    response.content_security_policy = page_policy();
    response.headers.emplace_back("Content-Language", std::string(tag(lang)));
    return response;
  };
}

InlineHandler get_witness_ready(const WitnessParts& parts) {
  return [parts](const Request&, const PathParams&) {
    const bool ready = parts.witness.healthy();
    return reply(ready ? 200 : 503, "text/plain", ready ? "ready\n" : "not ready\n");
  };
}

}  // namespace

Response witness_response(const ledger::Witness::Answer& answer, const Problems& problems) {
  using Verdict = ledger::Witness::Verdict;
  switch (answer.verdict) {
    case Verdict::cosigned:
      return reply(200, std::string(note_type), answer.lines);
    case Verdict::conflict:
      return reply(409, "text/x.tlog.size", std::to_string(answer.size) + "\n");
    case Verdict::malformed:
      return problems.response(400, answer.error);
    case Verdict::unknown_log:
      return problems.response(404, answer.error);
    case Verdict::not_signed:
      return problems.response(403, answer.error);
    case Verdict::inconsistent:
      return problems.response(422, answer.error);
    case Verdict::failed:
      break;
  }
  return problems.response(503, answer.error);
}

std::vector<Route> witness_routes(const WitnessParts& parts) {
  return {
      {Method::post, "/add-checkpoint", post_checkpoint(parts), for_logs},
      {Method::get, "/{origin}/checkpoint", get_text(parts, &ledger::Witness::checkpoint),
       for_monitors},
      {Method::get, "/{origin}/fork", get_text(parts, &ledger::Witness::fork), for_monitors},
      {Method::get, "/", get_page(parts), {}},
      {Method::get, "/readyz", get_witness_ready(parts), {}},
      {Method::get, "/favicon.svg", get_favicon(), {}},
  };
}

}  // namespace nguon::server
