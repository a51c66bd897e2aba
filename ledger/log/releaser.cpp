#include "ledger/log/releaser.hpp"

#include "ledger/log/checkpoint.hpp"
#include "ledger/log/statement.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t max_jobs =
    4;  // Batches signed but not announced; more would only add latency.

}  // namespace

Releaser::Releaser(const TileTree& tree, const LedgerKeys& keys, const NoteVerifier& log,
                   std::string aud, TreeHead released, int engine)
    : tree_(tree), keys_(keys), log_(log), aud_(std::move(aud)), engine_(engine) {
  advance(released);
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

void Releaser::release(TreeHead head, int engine, std::vector<Decision> decisions) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return jobs_.size() < max_jobs; });
  jobs_.push_back({head, engine, std::move(decisions)});
  changed_.notify_all();
}

void Releaser::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    engine_ = job.engine;
    const bool grown = job.head.size > released_.size;
    changed_.notify_all();
    lock.unlock();
    if (grown) advance(job.head);
    for (Decision& decision : job.decisions) {
      decision.done(outcome_of(decision, job.head, job.engine));
    }
    lock.lock();
  }
}

void Releaser::advance(const TreeHead& head) {
  std::string note = sign_checkpoint({log_.name(), head.size, head.root}, log_, keys_.log);
  const std::scoped_lock lock(mutex_);
  released_ = head;
  note_ = std::move(note);
}

void Releaser::announce(Decision decision) const {
  TreeHead head;
  int engine = 0;
  {
    const std::scoped_lock lock(mutex_);
    head = released_;
    engine = engine_;
  }
  decision.done(outcome_of(decision, head, engine));
}

Outcome Releaser::outcome_of(const Decision& decision, const TreeHead& head, int engine) const {
  Outcome outcome;
  outcome.kind = decision.kind;
  outcome.error = decision.error;
  const DecidedAt at{aud_, engine, head.size, head.root};
  switch (decision.kind) {
    case Outcome::Kind::created:
    case Outcome::Kind::repeated: {
      auto receipt = this->receipt(decision);
      if (receipt) {
        outcome.statement = std::move(*receipt);
      } else {
        outcome.kind = Outcome::Kind::error;
        outcome.error = receipt.error();
      }
      break;
    }
    case Outcome::Kind::held:
      outcome.statement = sign_held(keys_.service, decision.entry_id, at);
      break;
    case Outcome::Kind::refused:
      outcome.statement = sign_refusal(keys_.service, decision.entry_id, at, decision.error);
      break;
    case Outcome::Kind::conflict:
      outcome.statement =
          sign_conflict(keys_.service, decision.entry_id, at, decision.error, decision.head);
      break;
    case Outcome::Kind::error:
      break;
  }
  return outcome;
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
  const auto [note, head] = signed_checkpoint();
  ReceiptClaims claims;
  claims.aud = aud_;
  claims.index = created.index;
  claims.recorded = created.recorded;
  claims.entry = created.entry_id;
  claims.checkpoint = note;
  claims.slots = created.slots;
  NGUON_TRY(claims.path, tree_.inclusion(created.index, head.size));
  return sign_receipt(keys_.service, claims);
}

}  // namespace nguon::ledger
