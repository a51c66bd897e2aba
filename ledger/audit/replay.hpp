#pragma once

#include "ledger/apply/engine.hpp"
#include "ledger/audit/expected_rows.hpp"
#include "ledger/audit/links.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nguon::ledger {

/// Layer 2 again, from the first entry on, into memory: the state and the public indexes that the
/// leaves and the logged rule bundles alone give. Not thread-safe.
class Replay {
 public:
  /// The text with this SHA-256, already checked; absent when it is not kept.
  using RuleSource = std::function<Result<std::optional<std::string>>(const Hash& bundle)>;

  Replay(std::uint32_t log, RuleSource rules);

  /// The next entry, signature and grammar checked. Errors: `audit.replay` when the rules do not
  /// accept it, `audit.bundle`, those of the rule source.
  Result<void> add(const LinkedEntry& linked);

  ExpectedRows& state() { return state_; }
  ExpectedRows& indexes() { return indexes_; }
  std::uint64_t flagged() const { return flagged_; }

 private:
  Result<void> activate(const std::string& bundle, std::int64_t engine, std::uint64_t index);
  Result<void> add_rows(const LinkedEntry& linked, const Verdict& verdict);
  Result<void> add_page(const Entry& entry, std::uint64_t index, std::uint64_t count);

  const std::uint32_t log_;
  const RuleSource rules_;
  ExpectedRows state_;
  ExpectedRows indexes_;
  std::unordered_map<std::string, std::vector<Hash>> open_pages_;  // Ids not in a full page yet.
  std::shared_ptr<const schemas::Bundle> bundle_;
  int engine_ = 0;
  std::uint64_t flagged_ = 0;
};

}  // namespace nguon::ledger
