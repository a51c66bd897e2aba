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
    tell(job.decisions, job.head, job.engine);
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
  tell({&decision, 1}, head, engine);
}

void Releaser::tell(std::span<Decision> decisions, const TreeHead& head, int engine) const {
  const DecidedAt at{aud_, engine, head.size, head.root};
  std::vector<const Decision*> logged;
  for (const Decision& decision : decisions) {
    if (is_logged(decision)) logged.push_back(&decision);
  }
  auto made = receipts(logged);
  std::size_t next = 0;
  for (Decision& decision : decisions) {
    Outcome outcome;
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
    decision.done(std::move(outcome));
  }
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
  NGUON_TRY(auto made, receipts(logged));
  return std::move(made.front());
}

Result<std::vector<std::string>> Releaser::receipts(std::span<const Decision* const> logged) const {
  const auto [note, head] = signed_checkpoint();
  std::vector<ReceiptClaims> claims;
  claims.reserve(logged.size());
  for (const Decision* one : logged) {
    NGUON_TRY(auto path, tree_.inclusion(one->index, head.size));
    claims.push_back({one->entry_id, one->index, one->recorded, std::move(path), one->slots});
  }
  return sign_receipts(keys_.service, {aud_, note}, claims);
}

}  // namespace nguon::ledger
