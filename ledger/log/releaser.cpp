#include "ledger/log/releaser.hpp"

#include "ledger/log/receipt.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t max_jobs =
    4;  // Batches signed but not announced; more would only add latency.

bool is_logged(const Decision& decision) {
  return decision.kind == Outcome::Kind::created || decision.kind == Outcome::Kind::repeated;
}

std::string statement_of(const PrivateKey& service, const Decision& decision, const DecidedAt& at) {
  switch (decision.kind) {
    case Outcome::Kind::held:
      return sign_held(service, decision.entry_id, at);
    case Outcome::Kind::refused:
      return sign_refusal(service, decision.entry_id, at, decision.error);
    case Outcome::Kind::conflict:
      return sign_conflict(service, decision.entry_id, at, decision.error, decision.head);
    case Outcome::Kind::created:
    case Outcome::Kind::repeated:
    case Outcome::Kind::error:
      return {};
  }
  return {};
}

}  // namespace

Error log_stopped() {
  return {Errc::unavailable, "log.stopped", {}, "the log has stopped signing; restart the service"};
}

Result<std::unique_ptr<Releaser>> Releaser::open(Parts parts, TreeHead head, int engine,
                                                 std::shared_ptr<const Signing> signing) {
  NGUON_TRY(std::string note, sign_checkpoint(head.size, head.root, *signing));
  return std::unique_ptr<Releaser>(
      new Releaser(std::move(parts), {head, std::move(note), std::move(signing)}, engine));
}

Releaser::Releaser(Parts parts, Released released, int engine)
    : parts_(std::move(parts)), released_(std::move(released)), engine_(engine) {
  thread_ = std::thread([this] { run(); });
}

Releaser::~Releaser() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Releaser::prepare(TreeHead head, int engine, std::shared_ptr<const Signing> signing,
                       std::vector<Decision> decisions) {
  auto job = std::make_shared<Job>();
  job->head = head;
  job->engine = engine;
  job->signing = std::move(signing);
  job->decisions = std::move(decisions);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return jobs_.size() < max_jobs; });
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

void Releaser::release(bool at_once) {
  std::unique_lock lock(mutex_);
  jobs_.back()->fate = Fate::durable;
  if (at_once && jobs_.size() == 1 && jobs_.front()->is_signed) return hand_out(lock);
  changed_.notify_all();
}

void Releaser::fail(const Error& why) {
  const std::scoped_lock lock(mutex_);
  jobs_.back()->fate = Fate::failed;
  jobs_.back()->why = why;
  changed_.notify_all();
}

void Releaser::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const std::shared_ptr<Job> job = jobs_.front();
    if (!job->is_signed) {
      const bool grown = job->head.size > released_.head.size;
      const bool failed = failed_;
      lock.unlock();
      const auto made = failed ? Result<void>(log_stopped()) : sign(*job, grown);
      // Told by itself, for the sequencer knows only that the batch is durable.
      if (!made && !failed) parts_.on_fatal(made.error());
      lock.lock();
      failed_ = !made;
      job->is_signed = true;
    }
    changed_.wait(lock, [&] {
      return job->fate == Fate::durable || job->fate == Fate::failed || jobs_.empty() ||
             jobs_.front() != job;
    });
    if (job->fate != Fate::handed_out) hand_out(lock);
  }
}

Result<void> Releaser::sign(Job& job, bool grown) const {
  Released at = released();
  if (grown) {
    NGUON_TRY(job.note, sign_checkpoint(job.head.size, job.head.root, *job.signing));
    at = {job.head, job.note, job.signing};
  }
  job.outcomes = outcomes_of(job.decisions, at, job.engine);
  return {};
}

void Releaser::hand_out(std::unique_lock<std::mutex>& lock) {
  const std::shared_ptr<Job> job = jobs_.front();
  const bool durable = job->fate == Fate::durable;
  job->fate = Fate::handed_out;  // The other thread, which may be waiting for it, lets it be.
  if (durable) {
    engine_ = job->engine;
    if (!job->note.empty()) {
      released_ = {job->head, std::move(job->note), job->signing};
    }
  }
  lock.unlock();
  for (std::size_t i = 0; i < job->decisions.size(); ++i) {
    Outcome outcome;
    if (!durable) {
      outcome.error = job->why;
    } else if (job->outcomes.empty()) {
      outcome.error = log_stopped();
    } else {
      outcome = std::move(job->outcomes[i]);
    }
    job->decisions[i].done(std::move(outcome));
  }
  lock.lock();
  // Only now: the next batch's receipts leave after these.
  jobs_.pop_front();
  changed_.notify_all();
}

void Releaser::announce(Decision decision) const {
  Released at;
  int engine = 0;
  {
    const std::scoped_lock lock(mutex_);
    at = released_;
    engine = engine_;
  }
  auto outcomes = outcomes_of({&decision, 1}, at, engine);
  decision.done(std::move(outcomes.front()));
}

std::vector<Outcome> Releaser::outcomes_of(std::span<const Decision> decisions, const Released& at,
                                           int engine) const {
  const DecidedAt decided{parts_.aud, engine, at.head.size, at.head.root};
  std::vector<const Decision*> logged;
  for (const Decision& decision : decisions) {
    if (is_logged(decision)) logged.push_back(&decision);
  }
  auto made = receipts(logged, at);
  std::size_t next = 0;
  std::vector<Outcome> outcomes;
  outcomes.reserve(decisions.size());
  for (const Decision& decision : decisions) {
    Outcome& outcome = outcomes.emplace_back();
    outcome.kind = decision.kind;
    outcome.error = decision.error;
    if (!is_logged(decision)) {
      outcome.statement = statement_of(*at.signing->service, decision, decided);
    } else if (made) {
      outcome.statement = std::move((*made)[next++]);
    } else {
      outcome.kind = Outcome::Kind::error;
      outcome.error = made.error();
    }
  }
  return outcomes;
}

TreeHead Releaser::head() const {
  const std::scoped_lock lock(mutex_);
  return released_.head;
}

Releaser::Released Releaser::released() const {
  const std::scoped_lock lock(mutex_);
  return released_;
}

bool Releaser::running() const {
  const std::scoped_lock lock(mutex_);
  return !failed_;
}

Result<std::string> Releaser::receipt(const Decision& created) const {
  const Decision* const logged[] = {&created};
  NGUON_TRY(auto made, receipts(logged, released()));
  return std::move(made.front());
}

Result<std::vector<std::string>> Releaser::receipts(std::span<const Decision* const> logged,
                                                    const Released& at) const {
  std::vector<ReceiptClaims> claims;
  claims.reserve(logged.size());
  for (const Decision* one : logged) {
    NGUON_TRY(auto path, parts_.tree.inclusion(one->index, at.head.size));
    claims.push_back({one->entry_id, one->index, one->recorded, std::move(path), one->slots});
  }
  return sign_receipts(*at.signing->service, {parts_.aud, at.note}, claims);
}

}  // namespace nguon::ledger
