#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/office/directory.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

// The office's lists, for who has a read session (ledger/FORMAT.md "Private reads"). Answers are
// not to be kept by anybody. The query `q` may hold a person's name: no log of ours shows queries.
// What is referred to outlives the handlers.
//
// Errors of all: `session.none` (401); `directory.org` (403); `directory.query`, `directory.limit`,
// `directory.cursor` (400); `directory.loading`, `directory.full`, `log.queue-full` (503).

/// `GET /api/office/{kind}?q=&org=&after=&limit=`, kind of row_kind_names: {kind, total, rows,
/// next} (server/office/README.md). Errors beside: `directory.kind` (404).
DeferredHandler get_office_list(const ApiServices& services, SessionDesk& sessions,
                                Directory& directory);
/// `GET /api/office/search?q=&org=&limit=`: {lists: [{kind, total, rows, next}]}, those alone in
/// which something was found, exact codes first.
DeferredHandler get_office_search(const ApiServices& services, SessionDesk& sessions,
                                  Directory& directory);

/// What `q` and `org` of a request select; `kind`, cursor and limit are left alone. Errors:
/// `directory.query`.
ledger::Result<Selection> selection_of(const Request& request);
/// The directory's refusals with their statuses.
Response directory_problem(const Problems& problems, const ledger::Error& error);

}  // namespace nguon::server
