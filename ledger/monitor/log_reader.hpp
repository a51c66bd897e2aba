#pragma once

#include "ledger/audit/entry_audit.hpp"
#include "ledger/audit/key_chain.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Reads a whole log in order: rules 1 and 2 of FORMAT.md "Reading a log", which take little
/// memory. (Order, roles and amounts are for the audit.) Which key of the log may sign a checkpoint
/// of it is asked of keys(). A value, so that a reading that comes to nothing can be thrown away;
/// not thread-safe.
class LogReader {
 public:
  /// `threads` ≥ 1, for signatures.
  explicit LogReader(unsigned threads) : entries_(threads) {}

  /// The next leaves. `known`: they were read before, so their signatures are not checked again.
  /// Errors: `audit.entry` for the first bad one, its field `/leaf/<index>`.
  Result<std::vector<LinkedEntry>> read(const std::vector<RawLeaf>& leaves, bool known);

  /// Entry id of index 0; empty before it.
  const std::string& deployment_id() const { return aud_; }
  /// Log and service keys, and the names they spoke under; meant only after index 0.
  const KeyChain& keys() const { return keys_; }

 private:
  Result<void> check(const LinkedEntry& linked, std::string_view leaf, bool known);

  EntryAudit entries_;
  std::string aud_;
  KeyChain keys_;
  std::map<std::string, std::uint64_t> revoked_;  // Index of the key.revoke, by kid.
};

}  // namespace nguon::ledger
