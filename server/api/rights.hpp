#pragma once

#include "ledger/base/clock.hpp"
#include "schemas/bundle.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/passkeys/passkey_desk.hpp"
#include "server/rights/personal_entries.hpp"
#include "server/rights/rights_desk.hpp"
#include "server/session/session_desk.hpp"

#include <vector>

namespace nguon::server {

/// What the routes below answer from. All of it outlives them.
struct RightsParts {
  RightsDesk& requests;
  PersonalEntries& entries;
  const ledger::Clock& clock;
  PasskeyDesk& passkeys;
};

/// What persons ask of their data, and what offices answer (ledger/FORMAT.md "Requests about
/// personal data"). Changes are signed, so no cookie can make one; reading takes a session. No
/// answer is to be kept by anybody on the way.
///
/// - `POST /api/rights/requests`, a signed request (application/jwt): 201, the request as it stands.
/// - `POST /api/rights/answers`, a signed step: 200, the same.
/// - `GET /api/rights/requests`: {requests} the reader may see, what is due first in front.
/// - `GET /api/rights/people/{person}`: all that is held on that person (my_data()).
/// - `GET /api/rights/people/{person}/page`: the same, to be read and printed.
/// - `GET /api/rights/people/{person}/erasure`: {values}: which are still held, and what law keeps
///   which until when.
/// - `POST /api/rights/erasures`, a signed `erase/1` (application/sd-jwt): as PUT /api/entries/{id}
///   answers it, unless a law demands to keep what it names: `rights.keep` (409) with `law`, `until`.
std::vector<Route> rights_routes(const ApiServices& services, const schemas::Bundle& bundle,
                                 SessionDesk& sessions, RightsParts parts);

}  // namespace nguon::server
