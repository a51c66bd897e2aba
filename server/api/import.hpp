#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/office/directory.hpp"
#include "server/session/session_desk.hpp"
#include "server/sheets/plan.hpp"

namespace nguon::server {

/// `POST /api/office/import?sheet=&header=&columns=&unit=&sao=`, the file as the body: what a table
/// of members and plots would become, for a clerk or director of the organisation it is for.
/// Nothing is written or kept; one table is read at a time. Errors: `session.none` (401),
/// `import.role` (403), `import.choice`, `sheet.*`, `xml.*` (400), `sheet.too-large` (413),
/// `import.busy`, `directory.loading`, `log.queue-full` (503).
DeferredHandler post_office_import(const ApiServices& services, SessionDesk& sessions,
                                   Directory& directory);

/// Errors: `import.choice`.
ledger::Result<TableChoices> table_choices(const Request& request);

/// What the directory shows this reader of its own organisation.
ledger::Result<Known> known_of(Directory& directory, const Viewer& viewer,
                               const schemas::Date& today);

}  // namespace nguon::server
