#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/log/merkle.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// An entry whose device had seen a tree of this log that this log never had: somebody was shown
/// another history, or the device lies. Kept as evidence; the log is no less whole for it.
struct SplitView {
  std::uint64_t index = 0;  ///< Of the logged entry.
  std::string entry;  ///< Id of the entry that claims it; of an adoption, maybe the one inside.
  std::uint64_t size = 0;
  Hash claimed;
  std::optional<Hash> derived;  ///< Absent: the log was not that long when the entry came in.

  bool operator==(const SplitView&) const = default;
};

/// What the `seen` claims of all entries come to.
struct SeenReport {
  std::uint64_t claims = 0;
  std::uint64_t foreign = 0;         ///< Of another origin: nothing to hold them against.
  std::vector<SplitView> disproved;  ///< In log order.
};

/// Holds every `seen` ({origin, size, root} of the newest checkpoint a device knew, DESIGN §3)
/// against the roots of the leaves themselves. First all entries, then all leaves once more, as a
/// root is wanted at any earlier size.
class SeenAudit {
 public:
  void note(const LinkedEntry& linked);
  /// Whether the leaves are wanted at all.
  bool wants_leaves() const { return !claims_.empty(); }
  /// The next leaf.
  void append(std::string_view leaf);
  /// `names`: this log's, oldest first.
  SeenReport finish(const std::vector<OriginTerm>& names) const;

 private:
  struct Claim {
    std::uint64_t index;
    std::string entry;
    Seen seen;
  };
  void note(std::uint64_t index, const Entry& entry);

  std::vector<Claim> claims_;
  std::map<std::uint64_t, Hash> roots_;  // At each size claimed.
  CompactRange range_;
};

}  // namespace nguon::ledger
