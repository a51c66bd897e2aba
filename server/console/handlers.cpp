#include "server/console/handlers.hpp"

#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "server/api/documents.hpp"
#include "server/console/frame.hpp"
#include "server/console/pages.hpp"
#include "server/console_embedded.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

const ledger::Error no_such_page{ledger::Errc::not_found, "http.not-found", {}, {}};

std::string_view type_of(std::string_view path) {
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  return path.ends_with(".json") ? "application/json" : "text/javascript; charset=utf-8";
}

/// Where the asker reached this service: what a phone in the same room can reach too.
ledger::Result<std::string> origin_of(const Request& request) {
  const std::string host(request.headers.find("Host").value_or(""));
  auto origin = labels::read_origin((request.tls ? "https://" : "http://") + host);
  if (!origin) return ledger::invalid("http.host");
  return std::move(*origin);
}

ledger::Result<std::string> invitation_link(const Request& request, std::string_view code) {
  NGUON_TRY(const auto origin, origin_of(request));
  auto link = labels::code_link(origin, labels::LinkKind::enrol, code);
  if (!link) return ledger::invalid("http.host");
  return std::move(*link);
}

/// Read out by the page that shows it.
Response qr_response(const Problems& problems, const ledger::Result<std::string>& link) {
  if (!link) return problems.response(link.error());
  const auto modules = labels::encode_qr(*link);
  if (!modules) return problems.response(ledger::invalid("http.host"));
  return reply(200, "image/svg+xml", labels::qr_svg(*modules, "QR"));
}

/// A subject id of a person: `person:` and 26 symbols of Crockford's alphabet.
bool is_person(std::string_view sub) {
  constexpr std::string_view kind = "person:";
  return sub.size() == kind.size() + 26 && sub.starts_with(kind) &&
         sub.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", kind.size()) ==
             std::string_view::npos;
}

}  // namespace

InlineHandler get_console_page(const Problems& problems, bool demo) {
  return [&problems, demo](const Request& request, const PathParams& params) -> Response {
    const Lang lang = lang_of(request.query_value("lang").value_or(""));
    const std::string_view name = params["page"];
    auto page = console_page(name.empty() ? "home" : name, lang, demo);
    // The start page has one address.
    if (!page || name == "home") return problems.response(no_such_page);
    Response response = reply(200, "text/html; charset=utf-8", std::move(*page));
    response.cache_control = "no-cache";
    response.content_security_policy = console_policy(name);
    response.headers.emplace_back("Content-Language", std::string(tag(lang)));
    return response;
  };
}

InlineHandler get_console_file(const Problems& problems) {
  return [&problems](const Request& request, const PathParams& params) -> Response {
    const std::string_view path = params["path"];
    const auto* const file = std::find_if(console_files.begin(), console_files.end(),
                                          [&](const auto& one) { return one.first == path; });
    if (file == console_files.end()) return problems.response(no_such_page);
    Response response = tagged_reply(request, type_of(path), file->second);
    // Modules of two releases must not meet in one page.
    response.cache_control = "no-cache";
    return response;
  };
}

InlineHandler get_invitation_qr(const Problems& problems, EnrolDesk& desk) {
  return [&problems, &desk](const Request& request, const PathParams& params) -> Response {
    const auto enrolment = desk.by_id(params["id"]);
    if (!enrolment) return problems.response(enrolment.error());
    return qr_response(problems, invitation_link(request, enrolment->invitation.code));
  };
}

InlineHandler get_card_qr(const Problems& problems) {
  return [&problems](const Request& request, const PathParams& params) -> Response {
    const std::string_view person = params["person"];
    if (!is_person(person)) return problems.response(no_such_page);
    const auto origin = origin_of(request);
    if (!origin) return problems.response(origin.error());
    // What stands behind the # stays in the browser of whoever scans the card.
    return qr_response(problems, *origin + "/office/members#" + std::string(person));
  };
}

}  // namespace nguon::server
