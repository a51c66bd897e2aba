#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <optional>

namespace nguon::ledger::trace {

/// When an entry was made, by what can be said without believing its maker's clock or the
/// operator's. From below: it names a checkpoint, so it was signed after the log held those
/// entries. From above: a witness cosigned a checkpoint that holds it.
struct EntryTimes {
  /// The newest tree that the signing device knew.
  struct Seen {
    std::uint64_t size = 0;
    bool ours = false;  ///< That origin, size and root are this log's; else it bounds nothing.
    std::int64_t recorded =
        0;  ///< Of the last entry in it, Unix ms: the operator's word. 0 unless ours.
  };
  std::int64_t iat = 0;       ///< The device's clock, Unix seconds: a claim.
  std::int64_t recorded = 0;  ///< The operator's clock, Unix ms: its word.
  std::optional<Seen> seen;
  std::optional<Covering> covering;  ///< Absent while no witness has signed for it.
};

/// Thread-safe. Errors: `entry.not-found` beyond the log; `store.*`.
Result<EntryTimes> times_of(const Ledger& ledger, std::uint64_t index);

}  // namespace nguon::ledger::trace
