#pragma once

#include "ledger/audit/entry_audit.hpp"

#include <cstddef>
#include <deque>
#include <future>
#include <vector>

namespace nguon::ledger {

/// EntryAudit over many chunks at once, a thread each: while one waits for its turn to enrol,
/// others check signatures, so that no core rests between chunks. Used by one thread, which does
/// other work beside it.
class EntryPipeline {
 public:
  using Checked = Result<std::vector<LinkedEntry>>;

  EntryPipeline() = default;
  EntryPipeline(const EntryPipeline&) = delete;
  EntryPipeline& operator=(const EntryPipeline&) = delete;

  /// Begins with the next leaves in log order.
  void push(std::vector<RawLeaf> leaves);
  /// Chunks pushed and not yet popped.
  std::size_t size() const { return chunks_.size(); }
  /// Waits for the oldest chunk; size() ≥ 1. Errors as EntryAudit::check.
  Checked pop();

 private:
  EntryAudit entries_{1};
  std::shared_future<void> enrolled_;        // When the chunk pushed last has enrolled its keys.
  std::deque<std::future<Checked>> chunks_;  // They use entries_: gone before it.
};

}  // namespace nguon::ledger
