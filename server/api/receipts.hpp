#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// Receipts of one question, and octets of it.
inline constexpr std::size_t max_rechecked_receipts = 64;
inline constexpr std::size_t max_recheck_octets = 16 * 1024;

/// POST /api/receipts/check: a phone asks again for what it was promised (ledger/FORMAT.md
/// "Receipts, again"). 409 `receipts.newer` when the log is shorter than the phone knows it to have
/// been, `receipts.other-log` when it knows another tree of that size: both are for the phone to
/// raise the alarm about. 400 `receipts.body`, `json.*`. On the pool: it reads up to 64 leaves.
DeferredHandler post_receipts_check(const ApiServices& services);

}  // namespace nguon::server
