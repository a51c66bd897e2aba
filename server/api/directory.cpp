#include "server/api/directory.hpp"

#include "server/api/encoded.hpp"
#include "server/api/sessions.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t rows_of_a_search = 10;

Result<void> set_limit(const Request& request, Selection& selection) {
  const auto said = request.query_value("limit");
  if (!said) return {};
  const auto number = parse_number(*said);
  if (!number || *number < 1 || *number > max_page_rows) {
    return ledger::invalid("directory.limit", "/limit");
  }
  selection.limit = *number;
  return {};
}

/// Kinds, numbers and cursors hold nothing that JSON escapes.
std::string list_json(RowKind kind, const ListPage& page) {
  std::string text = "{\"kind\":\"";
  text += row_kind_names[static_cast<std::size_t>(kind)];
  text += "\",\"total\":" + std::to_string(page.total) + ",\"rows\":[";
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    if (i > 0) text += ',';
    text += page.rows[i];
  }
  text += ']';
  if (!page.next.empty()) text += ",\"next\":\"" + page.next + '"';
  text += '}';
  return text;
}

Result<std::string> search_json(Directory& directory, const Viewer& viewer, Selection selection) {
  // A list that holds the very code searched for comes before those that only resemble it.
  std::string exact;
  std::string alike;
  for (std::size_t i = 0; i < row_kind_names.size(); ++i) {
    selection.kind = static_cast<RowKind>(i);
    NGUON_TRY(const auto page, directory.page(viewer, selection));
    if (page.total == 0) continue;
    std::string& lists = page.exact ? exact : alike;
    if (!lists.empty()) lists += ',';
    lists += list_json(selection.kind, page);
  }
  const std::string_view between = exact.empty() || alike.empty() ? "" : ",";
  return "{\"lists\":[" + exact.append(between) + alike + "]}";
}

using Listing = std::function<Result<std::string>(const Viewer&)>;

/// Lists are searched on the pool: a hundred thousand rows take longer than a read inline may.
void answer(const ApiServices& services, SessionDesk& sessions, const Request& request,
            const Respond& respond, Listing listing) {
  auto reader = reader_of(services.problems, sessions, request);
  if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
  auto task = [&problems = services.problems, viewer = std::get<Viewer>(std::move(reader)), respond,
               accepted = accept_encoding(request), listing = std::move(listing)] {
    const auto text = listing(viewer);
    if (!text) return respond(directory_problem(problems, text.error()));
    respond(encoded(accepted, reply(200, "application/json", *text)));
  };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
  }
}

}  // namespace

Result<Selection> selection_of(const Request& request) {
  Selection selection;
  selection.typed = request.query_value("q").value_or("");
  selection.org = request.query_value("org").value_or("");
  if (selection.typed.size() > max_question_octets) {
    return ledger::invalid("directory.query", "/q");
  }
  return selection;
}

Response directory_problem(const Problems& problems, const Error& error) {
  return error.rule == "directory.org" ? problems.response(403, error) : problems.response(error);
}

DeferredHandler get_office_list(const ApiServices& services, SessionDesk& sessions,
                                Directory& directory) {
  return [services, &sessions, &directory](Request& request, const PathParams& params,
                                           Respond respond) {
    const auto read = [&]() -> Result<Selection> {
      const auto kind = row_kind_of(params["kind"]);
      if (!kind) return Error{Errc::not_found, "directory.kind", "/kind", {}};
      NGUON_TRY(auto selection, selection_of(request));
      NGUON_CHECK(set_limit(request, selection));
      selection.kind = *kind;
      selection.after = request.query_value("after").value_or("");
      return selection;
    };
    auto selection = read();
    answer(services, sessions, request, respond,
           [&directory,
            selection = std::move(selection)](const Viewer& viewer) -> Result<std::string> {
             if (!selection) return selection.error();
             NGUON_TRY(const auto page, directory.page(viewer, *selection));
             return list_json(selection->kind, page);
           });
  };
}

DeferredHandler get_office_search(const ApiServices& services, SessionDesk& sessions,
                                  Directory& directory) {
  return [services, &sessions, &directory](Request& request, const PathParams&, Respond respond) {
    const auto read = [&]() -> Result<Selection> {
      NGUON_TRY(auto selection, selection_of(request));
      selection.limit = rows_of_a_search;
      NGUON_CHECK(set_limit(request, selection));
      if (Search(selection.typed).is_empty()) return ledger::invalid("directory.query", "/q");
      return selection;
    };
    auto selection = read();
    answer(services, sessions, request, respond,
           [&directory,
            selection = std::move(selection)](const Viewer& viewer) -> Result<std::string> {
             if (!selection) return selection.error();
             return search_json(directory, viewer, *selection);
           });
  };
}

}  // namespace nguon::server
