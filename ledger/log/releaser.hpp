#pragma once

#include "ledger/log/batcher.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/statement.hpp"
#include "ledger/log/tile_tree.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace nguon::ledger {

/// What whoever waits for a log that has stopped signing is told.
Error log_stopped();

/// Signs what a batch came to and tells the submitters: a checkpoint, all receipts by one
/// signature, and one statement for each other decision. Its thread signs while the batch is being
/// synced, and keeps all of it back until that is done (invariant 4: no signature leaves before).
/// prepare(), release() and fail() belong to the sequencer's thread; everything else is
/// thread-safe.
class Releaser {
 public:
  /// A head, the signed note that states it, and the keys that speak of it.
  struct Released {
    TreeHead head;
    std::string note;
    std::shared_ptr<const Signing> signing;
  };
  struct Parts {
    const TileTree& tree;
    std::string aud;
    /// Called once, from any thread, when a checkpoint could not be signed.
    std::function<void(const Error&)> on_fatal;
  };
  /// Signs `head`, found at start; the tree outlives the releaser. Errors: the log signer's.
  static Result<std::unique_ptr<Releaser>> open(Parts parts, TreeHead head, int engine,
                                                std::shared_ptr<const Signing> signing);
  /// Every prepared batch must have been released or failed.
  ~Releaser();

  /// Begins to sign for a batch that is about to be synced. Blocks while far behind.
  void prepare(TreeHead head, int engine, std::shared_ptr<const Signing> signing,
               std::vector<Decision> decisions);
  /// The batch prepared last AND its anchor are synced: its signatures may leave. With `at_once`
  /// they leave on the calling thread where they are ready, which saves one thread's waking up.
  void release(bool at_once);
  /// It never became durable, or nobody knows: its signatures are thrown away, the submitters get
  /// `why`.
  void fail(const Error& why);
  /// Announces what the rules said without sequencing: same statements, as of the released head.
  void announce(Decision decision) const;

  TreeHead head() const;
  /// The newest signed checkpoint.
  Released released() const;
  /// False once a checkpoint could not be signed.
  bool running() const;
  /// A receipt under the newest checkpoint; `index` < head().size.
  Result<std::string> receipt(const Decision& created) const;

 private:
  enum class Fate { open, durable, failed, handed_out };
  struct Job {
    TreeHead head;
    int engine;
    std::shared_ptr<const Signing> signing;
    std::vector<Decision> decisions;
    std::string note;               // Empty where the log has not grown.
    std::vector<Outcome> outcomes;  // Beside decisions, once signed.
    bool is_signed = false;
    Fate fate = Fate::open;
    Error why;
  };
  Releaser(Parts parts, Released released, int engine);
  void run();
  /// Errors: the log signer's.
  Result<void> sign(Job& job, bool grown) const;
  /// Hands the first job's outcomes out and forgets it. Called and left with the lock held.
  void hand_out(std::unique_lock<std::mutex>& lock);
  std::vector<Outcome> outcomes_of(std::span<const Decision> decisions, const Released& at,
                                   int engine) const;
  Result<std::vector<std::string>> receipts(std::span<const Decision* const> logged,
                                            const Released& at) const;

  const Parts parts_;

  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> jobs_;  // The oldest first; only the last may have an open fate.
  Released released_;
  int engine_;
  bool failed_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace nguon::ledger
