#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/passkeys/passkey_desk.hpp"
#include "server/session/session_desk.hpp"

#include <string>
#include <vector>

namespace nguon::server {

/// What the routes of passkeys reach; the references outlive them.
struct PasskeyParts {
  PasskeyDesk& desk;
  /// Lower-case hosts under which browsers reach this service; `localhost` besides, where a
  /// browser and this service are on one computer.
  std::vector<std::string> hosts;
};

/// Passkeys that open read sessions (ledger/FORMAT.md "Passkeys"):
/// - `GET /api/passkeys`: {passkeys: [{id, kid, name, host, made, used?, doubted}]} of the reader.
/// - `POST /api/passkeys/options`: what the browser is asked to make one with, for the session's
///   key. Both: `session.none` (401).
/// - `POST /api/passkeys` (application/jwt): 201 with the one kept. Errors: PasskeyDesk::add()'s.
/// - `POST /api/passkeys/removals` (application/jwt): 204. Errors: PasskeyDesk::remove()'s.
/// - `POST /api/passkeys/challenge`: what the browser is asked to sign with one.
/// - `POST /api/passkeys/session`: what post_session() answers. Errors: PasskeyDesk::begin()'s,
///   `passkey.body`.
/// Where the host is none of `hosts`: `passkey.host`.
std::vector<Route> passkey_routes(const ApiServices& services, SessionDesk& sessions,
                                  const PasskeyParts& parts);

}  // namespace nguon::server
