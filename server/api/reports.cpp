#include "server/api/reports.hpp"

#include "ledger/trace/trace.hpp"
#include "schemas/bundle.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/blobs/media.hpp"
#include "server/reports/photo.hpp"
#include "server/reports/shopper.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Result;

/// The photo and what a form says besides.
constexpr std::size_t form_limit = max_report_photo + 16 * 1024;

using Work = std::function<Response(const Request&)>;

void wait_for(WorkerPool& pool, const Problems& problems, const Respond& respond, Request& request,
              Work work) {
  auto task = [respond, work = std::move(work),
               moved = std::make_shared<Request>(std::move(request))] { respond(work(*moved)); };
  if (!pool.post(std::move(task))) {
    respond(problems.response({Errc::too_busy, "log.queue-full", {}, "too many wait"}));
  }
}

using Shopper = Response (*)(const ReportParts&, const Request&, std::string_view);

DeferredHandler for_shopper(const ApiServices& services, const ReportParts& parts,
                            std::string_view name, Shopper answer) {
  return [services, parts, name, answer](Request& request, const PathParams& params,
                                         Respond respond) {
    wait_for(parts.pool, services.problems, respond, request,
             [parts, answer, typed = std::string(params[name])](const Request& asked) {
               return answer(parts, asked, typed);
             });
  };
}

using Reading =
    std::function<Result<Response>(const Viewer&, const std::string& code, const Request&)>;

DeferredHandler for_reader(const ApiServices& services, const ReportParts& parts,
                           SessionDesk& sessions, Reading read) {
  return [services, parts, &sessions, read = std::move(read)](
             Request& request, const PathParams& params, Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    wait_for(parts.pool, services.problems, respond, request,
             [read, &problems = services.problems, viewer = std::get<Viewer>(std::move(reader)),
              code = std::string(params["code"])](const Request& asked) {
               auto told = read(viewer, code, asked);
               return told ? std::move(*told) : problems.response(told.error());
             });
  };
}

constexpr std::uint64_t most_reports_a_page = 100;

/// All that the viewer may see; with `from` and `limit` a page of it.
Result<Response> report_page(ReportDesk& desk, const Viewer& viewer, const Request& request) {
  const auto said_from = request.query_value("from");
  const auto said_limit = request.query_value("limit");
  const auto from = parse_number(said_from.value_or("0"));
  const auto limit = parse_number(said_limit.value_or("50"));
  if (!from) return ledger::invalid("http.query", {}, "from");
  if (!limit || *limit == 0 || *limit > most_reports_a_page) {
    return ledger::invalid("http.query", {}, "limit");
  }
  NGUON_TRY(auto reports, desk.list(viewer));
  const auto total = reports.size();
  const auto open = std::ranges::count_if(
      reports, [](const auto& report) { return report.at("state") != "answered"; });
  boost::json::object told{{"total", total}, {"open", open}};
  if (said_from || said_limit) {
    const auto first = std::min<std::uint64_t>(*from, total);
    const auto last = std::min<std::uint64_t>(first + *limit, total);
    told["reports"] = boost::json::array(reports.begin() + static_cast<std::ptrdiff_t>(first),
                                         reports.begin() + static_cast<std::ptrdiff_t>(last));
    if (last < total) told["next"] = last;
  } else {
    told["reports"] = std::move(reports);
  }
  return unkept_reply(told);
}

Result<Response> photo_reply(ReportDesk& desk, const Viewer& viewer, const std::string& code) {
  NGUON_TRY(auto octets, desk.photo(viewer, code));
  Response response = reply(200, std::string(jpeg_type), std::move(octets));
  response.content_security_policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"anh-bao.jpg\"");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace

LabelOwner label_owner(const ledger::Ledger& ledger, const labels::SerialCodec& codec) {
  return [&](const std::string& serial) -> Result<std::string> {
    const auto place = codec.decode(serial);
    if (!place) return std::string();
    const ledger::trace::LedgerSource source(ledger);
    const ledger::trace::Trace reader(source, schemas::Bundle::built_in(), 0, {});
    NGUON_TRY(const auto label,
              reader.label(place->epoch, place->range, static_cast<std::int64_t>(place->index)));
    return label.org ? label.org->sub : std::string();
  };
}

std::vector<Route> report_routes(const ApiServices& services, SessionDesk& sessions,
                                 const ReportParts& parts) {
  constexpr RouteOptions printed{default_body_limit, false, true};
  constexpr RouteOptions form{form_limit, false, true};
  constexpr RouteOptions statement{max_report_statement, false, false};
  const auto shopper = [&](std::string_view name, Shopper answer) {
    return for_shopper(services, parts, name, answer);
  };
  const auto reader = [&](Reading read) {
    return for_reader(services, parts, sessions, std::move(read));
  };
  const DeferredHandler step = [services, parts](Request& request, const PathParams&,
                                                 Respond respond) {
    wait_for(parts.pool, services.problems, respond, request,
             [parts, &problems = services.problems](const Request& asked) {
               const auto told = parts.desk.step(asked.body);
               return told ? unkept_reply(*told) : problems.response(told.error());
             });
  };
  return {
      {Method::get, "/R/{serial}", shopper("serial", answer_kinds_or_form), printed},
      {Method::post, "/R/{serial}", shopper("serial", take_report), form},
      {Method::get, "/R/{serial}/place", shopper("serial", answer_place), printed},
      {Method::post, "/R/{serial}/place", shopper("serial", take_place), printed},
      {Method::get, "/R/status/{code}", shopper("code", answer_status), printed},
      {Method::post, "/R/status/{code}", shopper("code", take_back_report), printed},
      {Method::get, "/api/office/reports",
       reader([parts](const Viewer& viewer, const std::string&, const Request& asked) {
         return report_page(parts.desk, viewer, asked);
       }),
       {}},
      {Method::get, "/api/office/reports/{code}/photo",
       reader([parts](const Viewer& viewer, const std::string& code, const Request&) {
         return photo_reply(parts.desk, viewer, code);
       }),
       {}},
      {Method::post, "/api/office/reports/answers", step, statement},
  };
}

}  // namespace nguon::server
