#pragma once

#include "schemas/bundle.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/session/own_entries.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

/// Rows of one page: receipts and entries of at most 40 KiB stay below 4 MiB.
inline constexpr std::size_t most_own_rows = 50;

/// GET /api/mine[?before=<log index>][&limit=1…50]: entries that are the session's person's own
/// (OwnEntries), newest first, as `{rows, next, since}`. A row is `{id, index, recorded, entry,
/// receipt, values}`; `values` are the private ones that this reader may see, by JSON Pointer.
/// `next` is the `before` of the following page, absent on the last; `since` the time (Unix ms) from
/// which on entries were looked at, absent where that is the log's beginning.
/// 401 `session.none`; 400 `http.query`, `mine.limit`; 503 `directory.loading`.
DeferredHandler get_mine(const ApiServices& services, const schemas::Bundle& bundle,
                         SessionDesk& sessions, OwnEntries& own);

}  // namespace nguon::server
