#pragma once

#include "ledger/apply/state.hpp"
#include "ledger/entry/entry.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// One write to the public state; no value means the key goes away.
struct Change {
  std::string key;
  std::optional<std::string> value;

  bool operator==(const Change&) const = default;
};

/// What the rules say to one entry at one index.
struct Verdict {
  enum class Kind {
    accept,   ///< Log it; `changes` and `flags` hold.
    refuse,   ///< Nonsense or unauthorised: 422, signed statement with `rule`, `field`.
    stale,    ///< Strict subject, `prev` is not `head`: 409 with a signed conflict statement.
    not_yet,  ///< Enrolment, `sub` or `from.sub` unknown: 425, unsigned, try again.
    hold,     ///< Signed by a revoked key: 202, kept aside until `entry.adopt`.
  };
  Kind kind = Kind::refuse;
  std::vector<Change> changes;      ///< In key order, each key at most once, ≤ 256 keys.
  std::vector<std::string> flags;   ///< Rule ids of what is accepted but remarkable, sorted.
  std::uint64_t count = 0;          ///< Entries of the subject with this one, when accepted.
  std::string rule;                 ///< Why, when not accepted.
  std::string field;                ///< JSON Pointer into the payload.
  std::string detail;               ///< English, no personal data.
  std::optional<std::string> head;  ///< The subject's current head when stale.
};

/// The version of the code in this room. A change that alters any verdict or byte is a new version
/// beside the old one, never an edit.
inline constexpr int engine_version = 1;

/// The rules in force at an index: an engine version that stays in the binary for ever, and the
/// logged rule bundle it reads its tables from.
struct RuleSet {
  int engine = 1;
  const schemas::Bundle* bundle = nullptr;  ///< Not owned; outlives every apply().
};

/// Layer 2 of DESIGN §4: deterministic, public claims only, no I/O but `state`, no clock but
/// `recorded` (Unix milliseconds), at most 256 keys touched. The same inputs give the same bytes
/// for ever. Errors only when `state` fails. Thread-safe as far as `state` is.
Result<Verdict> apply(std::uint64_t index, std::int64_t recorded, const Entry& entry,
                      const StateReader& state, const RuleSet& rules);

}  // namespace nguon::ledger
