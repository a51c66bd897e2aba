#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

// What a subject's history is, provable to anybody (ledger/FORMAT.md "Subject heads"). 404
// `subject.unknown` from all three; each with a strong ETag (conditional.hpp).

/// GET /api/subjects/{sub}/head: the head statement alone, `application/jwt`; good for the minute
/// in it, but fresh enough for nobody to wait for a recall.
InlineHandler get_subject_head(const ApiServices& services);
/// GET /api/subjects/{sub}/entries/{page}: `{sub, first, entries: [{index, id}…]}`, 256 at most. A
/// full page never changes. 404 `subject.page` beyond the last. On the pool: the newest are read
/// from their leaves.
DeferredHandler get_subject_entries(const ApiServices& services);
/// GET /api/subjects/{sub}/proofs/{id}: `{sub, id, index, position, path, head}`. 404
/// `entry.not-found`. On the pool.
DeferredHandler get_subject_proof(const ApiServices& services);

}  // namespace nguon::server
