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
/// log order. Whether a key could sign at that index is for the replay to say. A value; one thread
/// at a time, but see the parts of check().
class EntryAudit {
 public:
  /// Leaves between the parts of a check.
  struct Chunk {
    std::vector<LinkedEntry> entries;
    std::vector<std::optional<Error>> errors;  ///< As many as entries.
    std::vector<const PublicKey*> signers;     ///< Of this EntryAudit; null: not enrolled before.
  };

  /// `threads` ≥ 1.
  explicit EntryAudit(unsigned threads) : threads_(threads) {}

  /// The next leaves in log order. Errors: `audit.entry` for the first bad one.
  Result<std::vector<LinkedEntry>> check(const std::vector<RawLeaf>& leaves);
  /// The same of leaves whose signatures were checked before: their grammar, and their keys.
  Result<std::vector<LinkedEntry>> recall(const std::vector<RawLeaf>& leaves);

  /// The parts of check(): only enrol() wants log order, and one caller at a time; the other two
  /// run beside it and beside each other.
  Chunk parse(const std::vector<RawLeaf>& leaves) const;
  void enrol(Chunk& chunk);
  Result<std::vector<LinkedEntry>> verify(Chunk chunk) const;

  /// The key that some entry so far enrolled; null when none did.
  const PublicKey* key_of(const std::string& kid) const;

 private:
  Result<void> enrol(const LinkedEntry& linked);

  unsigned threads_;
  std::unordered_map<std::string, PublicKey> keys_;  // By kid; what is in it stays where it is.
};

}  // namespace nguon::ledger
