#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/witness/witness.hpp"
#include "server/api/worker_pool.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"

#include <vector>

namespace nguon::server {

/// What a request for a cosignature is answered with (FORMAT.md "Witnesses").
Response witness_response(const ledger::Witness::Answer& answer, const Problems& problems);

/// What the routes of a witness stand on; all of it outlives them.
struct WitnessParts {
  ledger::Witness& witness;
  const Problems& problems;
  WorkerPool& disk;  ///< Where requests wait for the disk.
  const ledger::Clock& clock;
};

/// The whole table of `nguon witness serve`: `POST /add-checkpoint`, what monitors and people read.
std::vector<Route> witness_routes(const WitnessParts& parts);

}  // namespace nguon::server
