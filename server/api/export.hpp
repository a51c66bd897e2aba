#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/office/directory.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

/// `GET /api/office/export/{file}?q=&org=`, file = a kind of row_kind_names + `.csv` or `.xlsx`:
/// all rows that the reader may see, with the private values that he may read. CSV in UTF-8 with
/// BOM, by RFC 4180. One export at a time, or many would hold many files in memory; one of 100,000
/// rows takes some 30 MiB. What is referred to outlives the handler. Errors: those of the lists
/// (server/api/directory.hpp); `directory.kind` (404); `export.busy`, `export.failed` (503).
DeferredHandler get_office_export(const ApiServices& services, SessionDesk& sessions,
                                  Directory& directory);

}  // namespace nguon::server
