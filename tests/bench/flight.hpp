#pragma once

#include "ledger/log/ledger.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nguon::bench {

/// How one run of submissions went.
struct Flight {
  double seconds = 0;              ///< Wall time from the first submission to the last outcome.
  double cpu_seconds = 0;          ///< Of the whole process.
  std::vector<double> latency_ms;  ///< Submission to outcome, one per entry.
};

/// Submits every body once from as many threads as there are cores, never more than `in_flight`
/// without outcome. Throws when one is not logged.
Flight fly(ledger::Ledger& ledger, const std::vector<std::string>& bodies, std::size_t in_flight);

/// CPU seconds this process has used so far, all threads.
double process_cpu_seconds();
/// Those of the calling thread.
double thread_cpu_seconds();

}  // namespace nguon::bench
