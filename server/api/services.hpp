#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/api/worker_pool.hpp"
#include "server/http/problem.hpp"
#include "server/witness/feed.hpp"

#include <cstdint>

namespace nguon::server {

/// What the API handlers answer from. Everything outlives the router; all of it is thread-safe.
struct ApiServices {
  ledger::Ledger& ledger;
  const Problems& problems;
  WorkerPool& admission;  ///< Where signatures are checked, so that reads never wait for them.
  /// Who cosigns the checkpoints; null: nobody was asked.
  const WitnessFeed* witnesses = nullptr;
};

/// The log number of the origin `<log host>/log/<n>`: the `{log}` of `/log/{log}/…`.
std::string log_number_of(const ledger::Ledger& ledger);

/// Absent unless `text` is a canonical decimal number below 2^63: no sign, no leading zero.
std::optional<std::uint64_t> parse_number(std::string_view text);

}  // namespace nguon::server
