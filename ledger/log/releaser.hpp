#pragma once

#include "ledger/log/batcher.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/statement.hpp"
#include "ledger/log/tile_tree.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace nguon::ledger {

/// Signs what is durable and tells the submitters: checkpoint first, then all receipts of a batch
/// by one signature, and one statement for each other decision. Its thread overlaps with the
/// sequencer's next sync. Everything else is thread-safe.
class Releaser {
 public:
  /// `released` is the head found at start. All references outlive the releaser.
  Releaser(const TileTree& tree, const LedgerKeys& keys, const NoteVerifier& log, std::string aud,
           TreeHead released, int engine);
  ~Releaser();

  /// Hands over decisions whose batch AND anchor are synced (invariant 4). Blocks while far behind.
  void release(TreeHead head, int engine, std::vector<Decision> decisions);
  /// Announces what the rules said without sequencing: same statements, as of the released head.
  void announce(Decision decision) const;

  TreeHead head() const;
  /// The newest signed note and the head it states.
  std::pair<std::string, TreeHead> signed_checkpoint() const;
  /// A receipt under the newest checkpoint; `index` < head().size.
  Result<std::string> receipt(const Decision& created) const;

 private:
  struct Job {
    TreeHead head;
    int engine;
    std::vector<Decision> decisions;
  };
  void run();
  void advance(const TreeHead& head);
  void tell(std::span<Decision> decisions, const TreeHead& head, int engine) const;
  std::string statement_of(const Decision& decision, const DecidedAt& at) const;
  Result<std::vector<std::string>> receipts(std::span<const Decision* const> logged) const;

  const TileTree& tree_;
  const LedgerKeys& keys_;
  const NoteVerifier& log_;
  const std::string aud_;

  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  TreeHead released_;
  std::string note_;
  int engine_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace nguon::ledger
