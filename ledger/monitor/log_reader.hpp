#pragma once

#include "ledger/audit/entry_audit.hpp"
#include "ledger/log/note.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nguon::ledger {

/// Reads a whole log in order, knowing only its key: rules 1 and 2 of FORMAT.md "Reading a log",
/// which take little memory. (Order, roles and amounts are for the audit.) A value, so that a
/// reading that comes to nothing can be thrown away; not thread-safe.
class LogReader {
 public:
  /// `threads` ≥ 1, for signatures.
  LogReader(NoteVerifier log, unsigned threads) : log_(std::move(log)), entries_(threads) {}

  /// The next leaves. `known`: they were read before, so their signatures are not checked again.
  /// Errors: `audit.entry` for the first bad one, its field `/leaf/<index>`.
  Result<std::vector<LinkedEntry>> read(const std::vector<RawLeaf>& leaves, bool known);

  /// Entry id of index 0; empty before it.
  const std::string& deployment_id() const { return aud_; }
  /// JWK of the key that signs statements; empty before index 0.
  const std::string& service_jwk() const { return service_; }

 private:
  Result<void> check(const LinkedEntry& linked, bool known);
  Result<void> begin(const LinkedEntry& linked);

  NoteVerifier log_;
  EntryAudit entries_;
  std::string aud_;
  std::string service_;
  std::map<std::string, std::uint64_t> revoked_;  // Index of the key.revoke, by kid.
};

}  // namespace nguon::ledger
