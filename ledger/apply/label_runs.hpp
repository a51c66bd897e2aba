#pragma once

#include "ledger/apply/intervals.hpp"
#include "ledger/apply/label_layers.hpp"
#include "ledger/apply/work.hpp"

#include <string>
#include <vector>

namespace nguon::ledger {

/// Whether any label of [first, last] of the range has a run of this layer.
Result<bool> runs_meet(Work& work, const std::string& range, LabelLayer layer, std::int64_t first,
                       std::int64_t last);

/// Adds a run that meets none. Touches at most three keys however many runs there are.
Result<void> add_run(Work& work, const std::string& range, LabelLayer layer, const Interval& run);

/// The ranges that were taken out of this one, each once, in the order of its labels.
Result<std::vector<std::string>> given_ranges(const StateReader& state, const std::string& range);

}  // namespace nguon::ledger
