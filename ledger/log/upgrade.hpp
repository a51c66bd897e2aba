#pragma once

#include "ledger/store/store.hpp"

namespace nguon::ledger {

/// Brings a database of an older format up to `store_format` (FORMAT.md "Store"), all logs in it;
/// does nothing to a new one. What is derived comes from leaves that the caller has checked.
/// Bounded commits, the format number last: interrupted at any of them it simply happens again.
/// Nobody else may write meanwhile. Errors: `store.format` for a number that is not known,
/// `store.*`, `log.leaf`.
Result<void> upgrade_store(Store& store);

}  // namespace nguon::ledger
