#pragma once

#include "ledger/log/anchor.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/log/releaser.hpp"
#include "ledger/store/store.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace nguon::ledger {

/// The one thread that writes: takes all that waits, commits it as one batch, syncs the anchor,
/// hands it to the releaser. No timer when idle. push() and write_aside() are thread-safe.
class Sequencer {
 public:
  struct Parts {
    Store& store;
    Anchor& anchor;
    Batcher& batcher;
    Releaser& releaser;
  };
  struct Limits {
    std::size_t queue_length;
    std::uint64_t free_space_reserve;
    std::string data_directory;
  };
  /// `on_erased` is called after a batch that erased values is durable; `on_fatal` once, when
  /// signing has stopped. Both on the sequencer's thread; neither may block.
  Sequencer(Parts parts, Limits limits, std::function<void()> on_erased,
            std::function<void(const Error&)> on_fatal);
  /// Finishes what is queued, then joins.
  ~Sequencer();

  /// Errors: `log.queue-full`, `store.stalled`, `log.stopped`; then `submission.done` was not and
  /// will not be called.
  Result<void> push(Submission submission);
  /// Commits rows that are no entry's (rule bundles, housekeeping) between two batches; waits for
  /// it.
  Result<void> write_aside(WriteBatch writes);
  bool running() const;
  /// Submissions that wait for the next batch.
  std::size_t waiting() const;

 private:
  struct Aside {
    WriteBatch writes;
    std::promise<Result<void>> done;
  };
  void run();
  Result<void> commit(const WriteBatch& writes);
  Result<void> write(std::deque<Submission>& taken);
  Result<void> make_durable(const Batch& batch);
  bool idle() const;
  bool has_space();
  void stop(const Error& why, std::deque<Submission>& taken);

  const Parts parts_;
  const Limits limits_;
  const std::function<void()> on_erased_;
  const std::function<void(const Error&)> on_fatal_;
  std::string head_;  // Stored head octets; owned by the thread.

  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable wake_;
  std::deque<Submission> queue_;
  std::deque<Aside> asides_;
  bool stopping_ = false;
  bool failed_ = false;
  std::thread thread_;
};

}  // namespace nguon::ledger
