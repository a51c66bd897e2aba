#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// Longest body of PUT /api/entries/{id}: the longest JWS (an adopt) and its disclosures, DESIGN
/// §3.
inline constexpr std::size_t max_submission_octets =
    ledger::max_adopt_jws_size + ledger::max_disclosures_size + 1;

/// PUT /api/entries/{id}: the SD-JWT of RFC 9901 as the body, `application/sd-jwt`.
/// 201 created, 200 the same again: `application/vnd.nguon.receipt` (FORMAT.md "Receipt"). 202 held:
/// `application/jwt`, the service's statement (FORMAT.md "Statements"). 422 refused and 409 conflict: problem+json with that statement in `statement`.
/// 400, 413, 415, 425, 503: problem+json without one, nothing was decided. Answers from the log's
/// thread.
DeferredHandler put_entry(const ApiServices& services);

/// GET /api/entries/{id}: `{entry, index, receipt, recorded}`, the JWS as logged and a fresh
/// receipt.
InlineHandler get_entry(const ApiServices& services);

/// What a submission's outcome looks like over HTTP.
Response entry_response(const ledger::Outcome& outcome, std::string_view id,
                        const Problems& problems);

}  // namespace nguon::server
