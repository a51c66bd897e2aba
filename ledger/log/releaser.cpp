#include "ledger/log/releaser.hpp"

#include "ledger/log/checkpoint.hpp"
#include "ledger/log/receipt.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t max_jobs =
    4;  // Batches signed but not announced; more would only add latency.

bool is_logged(const Decision& decision) {
  return decision.kind == Outcome::Kind::created || decision.kind == Outcome::Kind::repeated;
}

}  // namespace

Releaser::Releaser(const TileTree& tree, const LedgerKeys& keys, const NoteVerifier& log,
                   std::string aud, TreeHead released, int engine)
    : tree_(tree),
      keys_(keys),
      log_(log),
      aud_(std::move(aud)),
      released_(released),
      note_(sign_checkpoint({log.name(), released.size, released.root}, log, keys.log)),
      engine_(engine) {
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

void Releaser::prepare(TreeHead head, int engine, std::vector<Decision> decisions) {
  auto job = std::make_shared<Job>();
  job->head = head;
  job->engine = engine;
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
      const bool grown = job->head.size > released_.size;
      lock.unlock();
      sign(*job, grown);
      lock.lock();
      job->is_signed = true;
    }
    changed_.wait(lock, [&] {
      return job->fate == Fate::durable || job->fate == Fate::failed || jobs_.empty() ||
             jobs_.front() != job;
    });
    if (job->fate != Fate::handed_out) hand_out(lock);
  }
}

void Releaser::sign(Job& job, bool grown) const {
  if (grown) {
    job.note = sign_checkpoint({log_.name(), job.head.size, job.head.root}, log_, keys_.log);
  }
  job.outcomes = outcomes_of(job.decisions, job.head, job.engine,
                             grown ? job.note : signed_checkpoint().first);
}

void Releaser::hand_out(std::unique_lock<std::mutex>& lock) {
  const std::shared_ptr<Job> job = jobs_.front();
  const bool durable = job->fate == Fate::durable;
  job->fate = Fate::handed_out;  // The other thread, which may be waiting for it, lets it be.
  if (durable) {
    engine_ = job->engine;
    if (!job->note.empty()) {
      released_ = job->head;
      note_ = std::move(job->note);
    }
  }
  lock.unlock();
  for (std::size_t i = 0; i < job->decisions.size(); ++i) {
    Outcome outcome;
    if (durable) {
      outcome = std::move(job->outcomes[i]);
    } else {
      outcome.error = job->why;
    }
    job->decisions[i].done(std::move(outcome));
  }
  lock.lock();
  // Only now: the next batch's receipts leave after these.
  jobs_.pop_front();
  changed_.notify_all();
}

void Releaser::announce(Decision decision) const {
  TreeHead head;
  int engine = 0;
  std::string note;
  {
    const std::scoped_lock lock(mutex_);
    head = released_;
    engine = engine_;
    note = note_;
  }
  auto outcomes = outcomes_of({&decision, 1}, head, engine, note);
  decision.done(std::move(outcomes.front()));
}

std::vector<Outcome> Releaser::outcomes_of(std::span<const Decision> decisions,
                                           const TreeHead& head, int engine,
                                           const std::string& note) const {
  const DecidedAt at{aud_, engine, head.size, head.root};
  std::vector<const Decision*> logged;
  for (const Decision& decision : decisions) {
    if (is_logged(decision)) logged.push_back(&decision);
  }
  auto made = receipts(logged, head, note);
  std::size_t next = 0;
  std::vector<Outcome> outcomes;
  outcomes.reserve(decisions.size());
  for (const Decision& decision : decisions) {
    Outcome& outcome = outcomes.emplace_back();
    outcome.kind = decision.kind;
    outcome.error = decision.error;
    if (!is_logged(decision)) {
      outcome.statement = statement_of(decision, at);
    } else if (made) {
      outcome.statement = std::move((*made)[next++]);
    } else {
      outcome.kind = Outcome::Kind::error;
      outcome.error = made.error();
    }
  }
  return outcomes;
}

std::string Releaser::statement_of(const Decision& decision, const DecidedAt& at) const {
  switch (decision.kind) {
    case Outcome::Kind::held:
      return sign_held(keys_.service, decision.entry_id, at);
    case Outcome::Kind::refused:
      return sign_refusal(keys_.service, decision.entry_id, at, decision.error);
    case Outcome::Kind::conflict:
      return sign_conflict(keys_.service, decision.entry_id, at, decision.error, decision.head);
    case Outcome::Kind::created:
    case Outcome::Kind::repeated:
    case Outcome::Kind::error:
      return {};
  }
  return {};
}

TreeHead Releaser::head() const {
  const std::scoped_lock lock(mutex_);
  return released_;
}

std::pair<std::string, TreeHead> Releaser::signed_checkpoint() const {
  const std::scoped_lock lock(mutex_);
  return {note_, released_};
}

Result<std::string> Releaser::receipt(const Decision& created) const {
  const Decision* const logged[] = {&created};
  const auto [note, head] = signed_checkpoint();
  NGUON_TRY(auto made, receipts(logged, head, note));
  return std::move(made.front());
}

Result<std::vector<std::string>> Releaser::receipts(std::span<const Decision* const> logged,
                                                    const TreeHead& head,
                                                    const std::string& note) const {
  std::vector<ReceiptClaims> claims;
  claims.reserve(logged.size());
  for (const Decision* one : logged) {
    NGUON_TRY(auto path, tree_.inclusion(one->index, head.size));
    claims.push_back({one->entry_id, one->index, one->recorded, std::move(path), one->slots});
  }
  return sign_receipts(keys_.service, {aud_, note}, claims);
}

}  // namespace nguon::ledger
