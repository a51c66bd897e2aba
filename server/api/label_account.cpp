#include "server/api/label_account.hpp"

#include "server/api/directory.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/office/csv.hpp"
#include "server/office/label_lists.hpp"
#include "server/office/label_page.hpp"
#include "server/office/label_pieces.hpp"
#include "server/office/search.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::uint64_t most_counted = 1'000'000'000;

/// Whose labels are asked for, where the viewer may ask: the lists know who stands above whom.
Result<std::string> org_asked(Directory& directory, const Viewer& viewer, const Request& request) {
  auto org = request.query_value("org").value_or(viewer.org);
  NGUON_CHECK(directory.page(viewer, {RowKind::organisations, {}, org, {}, 1}));
  return org;
}

/// One list by itself, searched and paged; or all that there is.
struct LabelQuestion {
  std::optional<LabelList> list;
  std::string typed;
  std::size_t from = 0;
  std::size_t limit = 50;
};

Result<LabelQuestion> label_question(const Request& request) {
  LabelQuestion question;
  const auto list = request.query_value("list");
  if (!list) return question;
  question.list = label_list_of(*list);
  if (!question.list) return ledger::invalid("http.query", {}, "list");
  question.typed = request.query_value("q").value_or("");
  if (question.typed.size() > max_question_octets) return ledger::invalid("http.query", {}, "q");
  const auto from = parse_number(request.query_value("from").value_or("0"));
  const auto limit = parse_number(request.query_value("limit").value_or("50"));
  if (!from || *from > most_counted) return ledger::invalid("http.query", {}, "from");
  if (!limit || *limit == 0 || *limit > most_label_rows) {
    return ledger::invalid("http.query", {}, "limit");
  }
  question.from = *from;
  question.limit = *limit;
  return question;
}

using LabelTelling = std::function<Result<Response>(const std::string& org, const LabelAccounts&)>;

/// On the pool: the runs of many ranges take longer than a read inline may.
void tell_labels(const ApiServices& services, const LabelAccountParts& parts,
                 const Request& request, const Respond& respond, LabelTelling telling) {
  auto reader = reader_of(services.problems, parts.sessions, request);
  if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
  const auto org = org_asked(parts.directory, std::get<Viewer>(reader), request);
  if (!org) return respond(directory_problem(services.problems, org.error()));
  auto task = [&problems = services.problems, &ledger = services.ledger, &bundle = parts.bundle,
               org = *org, respond, accepted = accept_encoding(request),
               telling = std::move(telling)] {
    const auto accounts = label_accounts(ledger, bundle, org);
    if (!accounts) return respond(problems.response(accounts.error()));
    auto told = telling(org, *accounts);
    if (!told) return respond(problems.response(told.error()));
    told->cache_control = "no-store";
    respond(encoded(accepted, std::move(*told)));
  };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
  }
}

Result<Response> label_sheet(LabelList which, const std::string& file,
                             const LabelAccounts& accounts) {
  std::string csv(csv_beginning);
  add_csv_record(csv, label_headings(which));
  for (const auto& row : accounts.list(which)) {
    add_csv_record(csv, label_cells(which, row.get_object()));
  }
  auto response = reply(200, "text/csv; charset=utf-8; header=present", std::move(csv));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
  return response;
}

}  // namespace

DeferredHandler get_office_labels(const ApiServices& services, LabelAccountParts parts) {
  return [services, parts](Request& request, const PathParams&, Respond respond) {
    const auto question = label_question(request);
    if (!question) return respond(services.problems.response(question.error()));
    tell_labels(services, parts, request, respond,
                [question = *question](const std::string& org,
                                       const LabelAccounts& accounts) -> Result<Response> {
                  auto told = question.list ? label_page(*question.list,
                                                         accounts.list(*question.list),
                                                         question.typed, question.from,
                                                         question.limit)
                                            : json::object{{"ranges", accounts.ranges},
                                                           {"batches", accounts.batches},
                                                           {"reports", accounts.reports}};
                  told["org"] = org;
                  told["offers"] = accounts.offers;
                  told["asked"] = accounts.asked;
                  told["cut"] = accounts.cut;
                  return json_reply(told);
                });
  };
}

DeferredHandler get_office_labels_file(const ApiServices& services, LabelAccountParts parts) {
  return [services, parts](Request& request, const PathParams& params, Respond respond) {
    const std::string file(params["file"]);
    const auto dot = std::min(file.rfind('.'), file.size());
    const auto which = label_list_of(std::string_view(file).substr(0, dot));
    if (!which || std::string_view(file).substr(dot) != ".csv") {
      return respond(
          services.problems.response(Error{Errc::not_found, "directory.kind", "/file", {}}));
    }
    tell_labels(services, parts, request, respond,
                [which = *which, file](const std::string&, const LabelAccounts& accounts) {
                  return label_sheet(which, file, accounts);
                });
  };
}

DeferredHandler get_office_label_runs(const ApiServices& services, LabelAccountParts parts) {
  return [services, parts](Request& request, const PathParams& params, Respond respond) {
    auto reader = reader_of(services.problems, parts.sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    const auto from = parse_number(request.query_value("from").value_or("0"));
    if (!from) return respond(services.problems.response(ledger::invalid("http.query", {}, "from")));
    auto task = [services, &directory = parts.directory, respond, from = *from,
                 range = std::string(params["range"]),
                 viewer = std::get<Viewer>(std::move(reader))] {
      auto told = label_pieces(services.ledger, range, static_cast<std::int64_t>(from));
      if (!told) return respond(services.problems.response(told.error()));
      const std::string org(told->at("org").as_string());
      const auto may = directory.page(viewer, {RowKind::organisations, {}, org, {}, 1});
      if (!may) return respond(directory_problem(services.problems, may.error()));
      respond(json_reply(std::move(*told)));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
