#pragma once

#include "ledger/apply/state.hpp"
#include "ledger/trace/views.hpp"

#include <string>

namespace nguon::ledger::trace {

/// Whether a label of the batch may bear this GTIN: the log gave it to the batch's product, also
/// where a later record no longer names it, and to no pack of another size. Errors when storage
/// fails.
Result<bool> fits_gtin(const StateReader& state, const std::string& gtin14, const BatchView& batch);

}  // namespace nguon::ledger::trace
