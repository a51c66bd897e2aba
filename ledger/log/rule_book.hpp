#pragma once

#include "ledger/apply/engine.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// The rules in force, and what keeps them alive.
struct ActiveRules {
  int engine = 0;
  std::shared_ptr<const schemas::Bundle> bundle;

  RuleSet rules() const { return {engine, bundle.get()}; }
};

/// Rule bundles by SHA-256, kept whole for ever so that replay finds the rules of each index.
/// Thread-safe; activate() belongs to the sequencer.
class RuleBook {
 public:
  RuleBook(const Store& store, std::uint32_t log) : store_(store), log_(log) {}

  /// Adds the rows that keep `text` (≤ 16 MiB) under its hash.
  static void put(std::uint32_t log, std::string_view text, WriteBatch& batch);
  /// The text with this hash; absent when it was never put.
  Result<std::optional<std::string>> text(const Hash& bundle) const;
  /// Parses and puts in force. Errors: `rules.bundle-unknown`, `rules.bundle`, `store.*`.
  Result<void> activate(std::string_view bundle_base64url, int engine);
  ActiveRules active() const;

 private:
  const Store& store_;
  const std::uint32_t log_;
  mutable std::mutex mutex_;  // Guards active_.
  ActiveRules active_;
};

}  // namespace nguon::ledger
