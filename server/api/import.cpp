#include "server/api/import.hpp"

#include "server/api/directory.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Error no_choice(std::string_view name) {
  return ledger::invalid("import.choice", "/" + std::string(name));
}

/// Who may add members and sites of an organisation (schemas/roles.json).
bool may_import(const Viewer& viewer) {
  static constexpr std::array<std::string_view, 2> roles{"clerk", "director"};
  return std::ranges::any_of(roles, [&](auto role) {
    return std::ranges::find(viewer.roles, role) != viewer.roles.end();
  });
}

std::string row_text(const boost::json::object& row, std::string_view name) {
  const auto* value = row.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

/// Calls `take` with each row of the viewer's own organisation, those below it aside.
Result<void> each_own(Directory& directory, const Viewer& viewer, RowKind kind,
                      const std::function<void(const boost::json::object&)>& take) {
  return directory.each(viewer, {kind, {}, viewer.org, {}, 1}, [&](const std::string& text) {
    boost::json::error_code error;
    const auto row = boost::json::parse(text, error);
    if (error || !row.is_object()) return true;
    const auto own = kind == RowKind::organisations ? "sub" : "org";
    if (row_text(row.get_object(), own) == viewer.org) take(row.get_object());
    return true;
  });
}

schemas::Date today_here() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return schemas::date_in_vietnam(ms).value_or(schemas::Date{});
}

Result<Response> planned(Directory& directory, const Viewer& viewer, std::string_view octets,
                         const TableChoices& choices) {
  NGUON_TRY(const auto book, read_workbook(octets));
  NGUON_TRY(const auto known, known_of(directory, viewer, today_here()));
  return unkept_reply(plan_json(make_plan(book, choices, known)));
}

}  // namespace

Result<TableChoices> table_choices(const Request& request) {
  TableChoices choices;
  if (const auto said = request.query_value("sheet")) {
    const auto number = parse_number(*said);
    if (!number || *number >= max_sheets) return no_choice("sheet");
    choices.sheet = *number;
  }
  if (const auto said = request.query_value("header")) {
    const auto number = parse_number(*said);
    if (!number || *number < 1 || *number > max_sheet_rows) return no_choice("header");
    choices.header = *number;
  }
  if (const auto said = request.query_value("columns")) {
    for (std::size_t at = 0; at <= said->size();) {
      const auto end = std::min(said->find(',', at), said->size());
      const auto column = column_of(std::string_view(*said).substr(at, end - at));
      if (!column || choices.columns.size() == max_sheet_columns) return no_choice("columns");
      choices.columns.push_back(*column);
      at = end + 1;
    }
  }
  if (const auto said = request.query_value("unit")) {
    choices.unit = area_unit_of(*said);
    if (!choices.unit) return no_choice("unit");
  }
  if (const auto said = request.query_value("sao")) {
    choices.sao = area_unit_of(*said);
    if (choices.sao != AreaUnit::sao_north && choices.sao != AreaUnit::sao_centre)
      return no_choice("sao");
  }
  return choices;
}

Result<Known> known_of(Directory& directory, const Viewer& viewer, const schemas::Date& today) {
  Known known;
  known.today = today;
  NGUON_CHECK(each_own(directory, viewer, RowKind::organisations, [&](const auto& row) {
    const auto* commune = row.if_contains("commune");
    if (commune != nullptr && commune->is_object())
      known.commune = row_text(commune->get_object(), "code");
  }));
  NGUON_CHECK(each_own(directory, viewer, RowKind::members, [&](const auto& row) {
    if (row.contains("left") || !row.contains("name")) return;
    known.members.push_back({row_text(row, "sub"), row_text(row, "name"), row_text(row, "phone")});
  }));
  NGUON_CHECK(each_own(directory, viewer, RowKind::sites,
                       [&](const auto& row) { known.sites.push_back(row_text(row, "name")); }));
  return known;
}

DeferredHandler post_office_import(const ApiServices& services, SessionDesk& sessions,
                                   Directory& directory) {
  return [services, &sessions, &directory, one = std::make_shared<std::mutex>()](
             Request& request, const PathParams&, Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    auto& viewer = std::get<Viewer>(reader);
    if (!may_import(viewer)) {
      return respond(services.problems.response(403, {Errc::forbidden, "import.role", {}, {}}));
    }
    auto choices = table_choices(request);
    if (!choices) return respond(services.problems.response(choices.error()));
    auto task = [&problems = services.problems, &directory, one, respond,
                 viewer = std::move(viewer), choices = std::move(*choices),
                 accepted = accept_encoding(request),
                 body = std::make_shared<const std::string>(std::move(request.body))] {
      // Reading takes many times the file's size in memory.
      std::unique_lock lock(*one, std::try_to_lock);
      if (!lock) return respond(problems.response({Errc::too_busy, "import.busy", {}, {}}));
      auto response = planned(directory, viewer, *body, choices);
      lock.unlock();
      respond(response ? encoded(accepted, std::move(*response))
                       : directory_problem(problems, response.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
