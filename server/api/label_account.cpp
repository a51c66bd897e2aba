#include "server/api/label_account.hpp"

#include "server/api/directory.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/office/csv.hpp"
#include "server/office/label_lists.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

/// Whose labels are asked for, where the viewer may ask: the lists know who stands above whom.
Result<std::string> org_asked(Directory& directory, const Viewer& viewer, const Request& request) {
  auto org = request.query_value("org").value_or(viewer.org);
  NGUON_CHECK(directory.page(viewer, {RowKind::organisations, {}, org, {}, 1}));
  return org;
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
    tell_labels(services, parts, request, respond,
                [](const std::string& org, const LabelAccounts& accounts) -> Result<Response> {
                  return json_reply({{"org", org},
                                     {"ranges", accounts.ranges},
                                     {"batches", accounts.batches},
                                     {"reports", accounts.reports},
                                     {"cut", accounts.cut}});
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

}  // namespace nguon::server
