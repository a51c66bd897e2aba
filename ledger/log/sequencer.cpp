#include "ledger/log/sequencer.hpp"

#include "ledger/store/keys.hpp"

#include <algorithm>
#include <filesystem>

namespace nguon::ledger {
namespace {

Outcome failed(Error why) {
  Outcome outcome;
  outcome.error = std::move(why);
  return outcome;
}

}  // namespace

Sequencer::Sequencer(Parts parts, Limits limits, std::function<void()> on_erased,
                     std::function<void(const Error&)> on_fatal)
    : parts_(parts),
      limits_(std::move(limits)),
      on_erased_(std::move(on_erased)),
      on_fatal_(std::move(on_fatal)) {
  const TreeHead head = parts_.releaser.head();
  if (head.size > 0) head_ = encode_head(head);
  thread_ = std::thread([this] { run(); });
}

Sequencer::~Sequencer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<void> Sequencer::push(Submission submission) {
  {
    const std::scoped_lock lock(mutex_);
    if (failed_ || stopping_) return log_stopped();
    if (queue_.size() >= limits_.queue_length) {
      return Error{Errc::too_busy, "log.queue-full", {}, {}};
    }
    // While the store holds writes back one may wait, so that the log goes on as fast as the disk
    // does; whoever comes then had better come again than stand in a queue of unknown length.
    if (!queue_.empty() && parts_.store.stalled()) {
      return Error{Errc::too_busy, "store.stalled", {}, {}};
    }
    queue_.push_back(std::move(submission));
  }
  wake_.notify_one();
  return {};
}

Result<void> Sequencer::write_aside(WriteBatch writes) {
  std::future<Result<void>> done;
  {
    const std::scoped_lock lock(mutex_);
    if (failed_ || stopping_) return log_stopped();
    asides_.push_back({std::move(writes), {}});
    done = asides_.back().done.get_future();
  }
  wake_.notify_one();
  return done.get();
}

bool Sequencer::running() const {
  const std::scoped_lock lock(mutex_);
  return !failed_;
}

std::size_t Sequencer::waiting() const {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

void Sequencer::run() {
  for (;;) {
    std::deque<Submission> taken;
    std::deque<Aside> asides;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !asides_.empty() || !queue_.empty(); });
      if (queue_.empty() && asides_.empty()) return;
      taken.swap(queue_);
      asides.swap(asides_);
    }
    Result<void> committed;
    for (Aside& aside : asides) {
      if (committed) committed = commit(aside.writes);
      aside.done.set_value(committed);
    }
    if (!committed) return stop(committed.error(), taken);
    while (!taken.empty()) {
      const auto written = write(taken);
      if (!written) return stop(written.error(), taken);
    }
  }
}

Result<void> Sequencer::write(std::deque<Submission>& taken) {
  if (!has_space()) {
    for (Submission& submission : taken) {
      submission.done(failed({Errc::too_busy, "store.space", {}, "below the free-space reserve"}));
    }
    taken.clear();
    return {};
  }
  Batch batch;
  if (const auto assembled = parts_.batcher.assemble(taken, batch); !assembled) {
    for (Decision& decision : batch.decisions) decision.done(failed(log_stopped()));
    return assembled.error();
  }
  parts_.releaser.prepare(batch.head, batch.engine, batch.signing, std::move(batch.decisions));
  if (const auto durable = make_durable(batch); !durable) {
    parts_.releaser.fail(log_stopped());
    return durable.error();
  }
  // Before the receipt leaves, so that whoever holds it and sees no purge under way knows it is
  // done.
  if (batch.erases) on_erased_();
  parts_.releaser.release(taken.empty() && idle());
  return {};
}

Result<void> Sequencer::make_durable(const Batch& batch) {
  // Crash order. (1) One atomic, synced commit: entries, tiles, indexes, state, private rows, size
  // and root. Before it nothing happened; after it the entries exist, though nobody was told. (2)
  // The anchor, synced: from here on a database without these entries is refused at start. (3) Only
  // now do the checkpoint and the receipts leave, so no signature outlives the data it speaks of:
  // they were made meanwhile, in memory, where a crash forgets them. A crash between (1) and (2)
  // leaves the database ahead of the anchor, which the start path finishes; the client, having no
  // receipt, sends the same bytes again and gets the same index.
  if (batch.writes.empty()) return {};
  NGUON_CHECK(commit(batch.writes));
  const std::string head = encode_head(batch.head);
  if (head == head_) return {};
  NGUON_CHECK(parts_.anchor.write({batch.head.size, batch.head.root}));
  head_ = head;
  return {};
}

bool Sequencer::idle() const {
  const std::scoped_lock lock(mutex_);
  return queue_.empty() && asides_.empty();
}

Result<void> Sequencer::commit(const WriteBatch& writes) {
  switch (parts_.store.commit(writes, head_)) {
    case Commit::done:
      return {};
    case Commit::unknown:
      return Error{Errc::unavailable, "store.io", {}, "the outcome of a commit is unknown"};
    case Commit::conflict:
    case Commit::fenced:
      break;
  }
  return Error{Errc::unavailable, "store.io", {}, "another writer changed the log"};
}

bool Sequencer::has_space() {
  std::error_code code;
  const auto space = std::filesystem::space(limits_.data_directory, code);
  return code || space.available >= limits_.free_space_reserve;
}

void Sequencer::stop(const Error& why, std::deque<Submission>& taken) {
  std::deque<Aside> asides;
  {
    const std::scoped_lock lock(mutex_);
    failed_ = true;
    std::move(queue_.begin(), queue_.end(), std::back_inserter(taken));
    queue_.clear();
    asides.swap(asides_);
  }
  for (Submission& submission : taken) submission.done(failed(log_stopped()));
  for (Aside& aside : asides) aside.done.set_value(why);
  on_fatal_(why);
}

}  // namespace nguon::ledger
