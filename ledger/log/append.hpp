#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/start.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Logs one entry while no service runs, and signs nothing: admission, rules, one synced commit,
/// the anchor. What the ordinary start then finds is what a crash before the first signature
/// leaves. For entries that change who signs, since the key that would sign may be the one that was
/// lost. `vault` is LedgerKeys::vault. The entry's index, also when it was logged before. Errors:
/// those of check_start(), of admit() and of the rules; `store.*`, `anchor.*`.
Result<std::uint64_t> append_unsigned(Store& store, Anchor& anchor, const Clock& clock,
                                      std::uint32_t log, const std::string& vault,
                                      std::string_view sd_jwt);

/// The same for the rule bundle that a `rules.activate` will name.
Result<void> add_rules_unsigned(Store& store, std::uint32_t log, std::string_view bundle_text);

}  // namespace nguon::ledger
