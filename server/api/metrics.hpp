#pragma once

#include "ledger/log/ledger.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"
#include "server/signals/signal_book.hpp"

namespace nguon::server {

/// GET /metrics: sizes, waits and stalls in Prometheus text exposition 0.0.4. Answers clients on
/// this machine only, and nothing that a proxy passed on: a load is the operator's business. To
/// everybody else there is no such page.
/// `signals`: what counts scans; null when nothing does.
InlineHandler get_metrics(const ledger::Ledger& ledger, const Problems& problems,
                          const SignalBook* signals = nullptr);

}  // namespace nguon::server
