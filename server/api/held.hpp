#pragma once

#include "ledger/log/held_scan.hpp"
#include "schemas/bundle.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

inline constexpr std::size_t max_held_rows = 20;

/// `GET /api/office/held?after=`: {rows: [{id, kid, person, org, entry, values}], next}: what
/// revoked keys signed and nobody has adopted yet, as far as this reader's roles may adopt
/// (roles.json, `entry.adopt`): the own organisation's keys, all keys, or the own earlier ones.
/// `entry` is the JWS; `values` as in get_private(). Errors: `session.none` (401); `held.cursor`
/// (400); `log.queue-full` (503).
DeferredHandler get_office_held(const ApiServices& services, const schemas::Bundle& bundle,
                                SessionDesk& sessions, ledger::HeldScan held);

}  // namespace nguon::server
