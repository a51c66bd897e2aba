#pragma once

#include "ledger/trace/opened.hpp"
#include "ledger/trace/source.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

// Layer 3 of DESIGN §4: opinions about what the log says, made after the fact. They refuse nothing,
// are never logged by themselves, and may be run again with better ones.
namespace nguon::ledger::checks {

/// Of the set of checks below. A view made by another version is made again.
inline constexpr int version = 1;

enum class Verdict {
  fine,
  doubtful,    ///< Outside what is usual: somebody should look.
  impossible,  ///< Cannot be so.
  no_data,     ///< What the check needs is not there: never said, of another dimension, or erased.
};

/// What one check says about one entry.
struct Finding {
  std::string
      check;  ///< `check.balance`, `check.overdraw`, `check.yield`, `check.twice`, `check.seen`.
  Verdict verdict = Verdict::fine;
  std::uint64_t index = 0;
  std::string sub;
  std::string detail;  ///< English, public values only.

  bool operator==(const Finding&) const = default;
};

/// The root of this log's tree at an earlier size; absent for a size it has not reached.
using RootAt = std::function<Result<std::optional<Hash>>(std::uint64_t size)>;

/// Reads the log from its first entry on and keeps what it found. Only what is not `fine` is kept,
/// and every balance. Not thread-safe. Source and bundle outlive it.
class Checker {
 public:
  Checker(const trace::Source& source, const schemas::Bundle& bundle, RootAt root_at)
      : source_(source), bundle_(bundle), root_at_(std::move(root_at)) {}

  /// Checks the entries from size() up to `size`; call again as the log grows.
  /// Errors only when storage fails.
  Result<void> catch_up(std::uint64_t size);

  /// How many entries the findings cover; the log's size less this is the lag to show beside them.
  std::uint64_t size() const { return size_; }
  const std::vector<Finding>& findings() const { return findings_; }
  /// Evidence for a split view: entries whose `seen` names a tree this log never had.
  std::vector<std::uint64_t> split_view_evidence() const;

 private:
  Result<void> check(const Leaf& leaf);
  Result<void> check_balance(std::uint64_t index, const Entry& entry);
  Result<void> check_overdraw(std::uint64_t index, const Entry& entry);
  Result<void> check_yield(std::uint64_t index, const Entry& entry);
  Result<void> check_seen(std::uint64_t index, const Entry& logged);
  void find(std::string check, Verdict verdict, std::uint64_t index, const std::string& sub,
            std::string detail);

  const trace::Source& source_;
  const schemas::Bundle& bundle_;
  RootAt root_at_;
  std::uint64_t size_ = 0;
  std::vector<Finding> findings_;
  std::map<std::pair<std::string, std::string>, schemas::Micro> yields_;  // (site, year) -> mass
  std::set<std::string>
      harvests_;  // site, day, product and quantity of each, to see one entered twice
};

}  // namespace nguon::ledger::checks
