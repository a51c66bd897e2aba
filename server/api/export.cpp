#include "server/api/export.hpp"

#include "server/api/directory.hpp"
#include "server/api/sessions.hpp"
#include "server/office/csv.hpp"
#include "server/office/export_table.hpp"
#include "server/office/xlsx.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using OrgNames = std::map<std::string, std::string, std::less<>>;
using Cells = std::vector<std::string>;

struct ExportName {
  RowKind kind;
  bool is_csv;
};

std::optional<ExportName> export_name(std::string_view file) {
  const auto dot = std::min(file.rfind('.'), file.size());
  const auto kind = row_kind_of(file.substr(0, dot));
  const auto form = file.substr(dot);
  if (!kind || (form != ".csv" && form != ".xlsx")) return std::nullopt;
  return ExportName{*kind, form == ".csv"};
}

/// Rows are our own JSON, made from admitted entries.
boost::json::object parse_row(const std::string& row) {
  boost::json::error_code error;
  auto value = boost::json::parse(row, error);
  return value.is_object() ? std::move(value.get_object()) : boost::json::object();
}

Result<void> each_row(Directory& directory, const Viewer& viewer, const Selection& selection,
                      const std::function<void(const Cells&)>& take) {
  OrgNames names;
  NGUON_CHECK(
      directory.each(viewer, {RowKind::organisations, {}, {}, {}, 1}, [&](const std::string& row) {
        const auto org = parse_row(row);
        const auto* name = org.if_contains("name");
        if (name != nullptr && name->is_string()) {
          names[std::string(org.at("sub").as_string())] = name->get_string();
        }
        return true;
      }));
  return directory.each(viewer, selection, [&](const std::string& row) {
    take(export_cells(selection.kind, parse_row(row), names));
    return true;
  });
}

Result<Response> csv_file(Directory& directory, const Viewer& viewer, const Selection& selection) {
  std::string csv(csv_beginning);
  const auto headings = export_headings(selection.kind);
  add_csv_record(csv, Cells(headings.begin(), headings.end()));
  NGUON_CHECK(each_row(directory, viewer, selection,
                       [&](const Cells& cells) { add_csv_record(csv, cells); }));
  return reply(200, "text/csv; charset=utf-8; header=present", std::move(csv));
}

Result<Response> xlsx_file(Directory& directory, const Viewer& viewer, const Selection& selection) {
  const auto headings = export_headings(selection.kind);
  std::vector<bool> is_number;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    is_number.push_back(is_export_number(selection.kind, i));
  }
  NGUON_TRY(const auto sheet, XlsxSheet::open("Nguồn"));
  sheet->add_headings(headings);
  NGUON_CHECK(each_row(directory, viewer, selection,
                       [&](const Cells& cells) { sheet->add(cells, is_number); }));
  NGUON_TRY(auto octets, sheet->finish());
  return reply(200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
               std::move(octets));
}

Result<Response> exported(Directory& directory, const Viewer& viewer, const std::string& file,
                          Selection selection) {
  const auto name = export_name(file);
  if (!name) return Error{Errc::not_found, "directory.kind", "/file", {}};
  selection.kind = name->kind;
  NGUON_TRY(auto response, name->is_csv ? csv_file(directory, viewer, selection)
                                        : xlsx_file(directory, viewer, selection));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
  return response;
}

}  // namespace

DeferredHandler get_office_export(const ApiServices& services, SessionDesk& sessions,
                                  Directory& directory) {
  return [services, &sessions, &directory, one = std::make_shared<std::mutex>()](
             Request& request, const PathParams& params, Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    auto task = [&problems = services.problems, &directory, one, respond,
                 viewer = std::get<Viewer>(std::move(reader)), file = std::string(params["file"]),
                 selection = selection_of(request)] {
      std::unique_lock lock(*one, std::try_to_lock);
      if (!lock) return respond(problems.response({Errc::too_busy, "export.busy", {}, {}}));
      if (!selection) return respond(directory_problem(problems, selection.error()));
      auto response = exported(directory, viewer, file, *selection);
      lock.unlock();  // Whoever has the answer may ask for the next file at once.
      respond(response ? std::move(*response) : directory_problem(problems, response.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
