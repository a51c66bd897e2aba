#pragma once

#include "ledger/audit/links.hpp"
#include "ledger/keys/key.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nguon::ledger {

/// One leaf as it was read.
struct RawLeaf {
  std::uint64_t index = 0;
  std::string text;
};

/// Grammar and signature of every entry, on all cores; keys come from the entries themselves, in
/// log order. Whether a key could sign at that index is for the replay to say.
class EntryAudit {
 public:
  /// `threads` ≥ 1.
  explicit EntryAudit(unsigned threads) : threads_(threads) {}

  /// The next leaves in log order. Errors: `audit.entry` for the first bad one.
  Result<std::vector<LinkedEntry>> check(const std::vector<RawLeaf>& leaves) {
    return read(leaves, true);
  }
  /// The same of leaves whose signatures were checked before: their grammar, and their keys.
  Result<std::vector<LinkedEntry>> recall(const std::vector<RawLeaf>& leaves) {
    return read(leaves, false);
  }
  /// The key that some entry so far enrolled; null when none did.
  const PublicKey* key_of(const std::string& kid) const;

 private:
  struct Enrolled {
    PublicKey key;
    std::uint64_t index;
  };
  Result<std::vector<LinkedEntry>> read(const std::vector<RawLeaf>& leaves, bool signatures);
  Result<void> enrol(const LinkedEntry& linked);
  Result<void> check_signature(const LinkedEntry& linked) const;

  unsigned threads_;
  std::unordered_map<std::string, Enrolled> keys_;  // By kid; changed between parallel parts only.
};

}  // namespace nguon::ledger
