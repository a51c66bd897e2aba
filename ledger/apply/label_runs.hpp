#pragma once

#include "ledger/apply/intervals.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/work.hpp"

namespace nguon::ledger {

/// Whether any label of [first, last] of the range has a run of this sort.
Result<bool> runs_meet(Work& work, const std::string& range, state_key::Run sort,
                       std::int64_t first, std::int64_t last);

/// Adds a run that meets none. Touches at most three keys however many runs there are.
Result<void> add_run(Work& work, const std::string& range, state_key::Run sort,
                     const Interval& run);

/// The run of this sort that covers one label, by two reads.
Result<std::optional<Interval>> run_at(const StateReader& state, const std::string& range,
                                       state_key::Run sort, std::int64_t index);

}  // namespace nguon::ledger
