#pragma once

#include "schemas/bundle.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/session/session_desk.hpp"

#include <variant>

namespace nguon::server {

// Read sessions (ledger/FORMAT.md "Private reads"). The cookie is `__Host-nguon`: HttpOnly, Secure,
// SameSite=Strict, so that no other site's page can use it and no script can take it. Answers are
// not to be kept. `desk` and what `services` names outlive the handlers.

/// Who asks, by the cookie of a session; or the answer to give instead: 401 `session.none`.
std::variant<Viewer, Response> reader_of(const Problems& problems, SessionDesk& desk,
                                         const Request& request);

/// The answer that begins a session: 201 {kid, person, org, roles, until} and the cookie.
Response begun_reply(const BegunSession& begun);

/// `POST /api/session/challenge`: {nonce}.
InlineHandler post_challenge(SessionDesk& desk);
/// `POST /api/session`, a signed challenge (application/jwt): 201 {kid, person, org, roles, until}
/// and the cookie. Errors: SessionDesk::begin()'s, `log.queue-full`.
DeferredHandler post_session(const ApiServices& services, SessionDesk& desk);
/// `GET /api/session`: {kid, person, org, roles}. Errors: `session.none` (401).
InlineHandler get_session(const ApiServices& services, SessionDesk& desk);
/// `DELETE /api/session`: 204, whether there was one or not.
InlineHandler delete_session(SessionDesk& desk);
/// `GET /api/private/{id}`: {values: {"/note": …}} of the entry with that id, as far as this reader
/// may see them. Errors: `session.none` (401), `entry.not-found`.
InlineHandler get_private(const ApiServices& services, const schemas::Bundle& bundle,
                          SessionDesk& desk);

}  // namespace nguon::server
