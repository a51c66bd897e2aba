#pragma once

#include "ledger/log/ledger.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// GET /healthz: 200 `ok` as long as the process answers at all.
InlineHandler get_health();
/// GET /readyz: 200 `ready`, or 503 `not ready` once storage failed and signing has stopped.
InlineHandler get_ready(const ledger::Ledger& ledger);

}  // namespace nguon::server
