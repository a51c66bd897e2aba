#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <string>

namespace nguon::ledger {

/// The text of `/log/<n>/keys` (FORMAT.md "Change of keys"): each log, service and root key that
/// ever spoke for the log, with the indexes since and until when, as of a log of `size` leaves.
/// Errors: `store.*`.
Result<std::string> list_keys(const Store& store, std::uint32_t log, std::uint64_t size);

}  // namespace nguon::ledger
