#pragma once

#include "server/http/exchange.hpp"

namespace nguon::server {

/// Writes one line per request to the process's log at level info: `<id> GET /Q/* 200 5120 B 210
/// us`.
AccessLog log_accesses();

}  // namespace nguon::server
