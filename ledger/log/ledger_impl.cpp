#include "ledger/log/ledger_impl.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::ledger {

Ledger::Impl::Impl(Store& store_, Anchor& anchor_, const Clock& clock_, LedgerKeys keys_,
                   LedgerOptions options_, std::shared_ptr<const Signing> signing, Start start)
    : store(store_),
      anchor(anchor_),
      clock(clock_),
      options(std::move(options_)),
      keys(std::move(keys_)),
      deployment(std::move(start.deployment)),
      origins(std::move(start.origins)),
      tree(std::move(start.tree)),
      vault(store, options.log_number, keys.vault),
      rules(store, options.log_number),
      cosigned(store, options.log_number,
               [this](WriteBatch writes) { return sequencer->write_aside(std::move(writes)); }),
      start_(std::move(start)),
      signing_(std::move(signing)),
      batcher_({store, options.log_number, clock, *tree, vault, rules}, start_.head, start_.range),
      key_resolver_([this](std::string_view kid) { return key_of(kid); }) {}

Ledger::Impl::~Impl() {
  if (purger) purger->stop();
  sequencer.reset();
}

Result<void> Ledger::Impl::begin() {
  const int engine = static_cast<int>(start_.rules.engine);
  NGUON_CHECK(rules.activate(start_.rules.bundle, engine));
  NGUON_TRY(releaser, Releaser::open({*tree, deployment.id, options.on_fatal}, start_.head, engine,
                                     signing_));
  batcher_.sign_by(*keys.stock, signing_);
  heads = std::make_unique<HeadDesk>(HeadDesk::Parts{store, options.log_number, *releaser, clock,
                                                     deployment.id, origins.of.back().origin});
  purger = std::make_unique<Purger>(
      store, vault, options.log_number,
      [this](WriteBatch writes) { return sequencer->write_aside(std::move(writes)); },
      options.on_fatal);
  sequencer = std::make_unique<Sequencer>(
      Sequencer::Parts{store, anchor, batcher_, *releaser},
      Sequencer::Limits{options.queue_length, options.free_space_reserve, options.data_directory},
      [this] { purger->request(); }, options.on_fatal);
  if (start_.purge_due) purger->request();
  return {};
}

Result<std::optional<PublicKey>> Ledger::Impl::key_of(std::string_view kid) {
  // A kid is bound to one key for ever, so what was once read stays true; revocation is apply's to
  // judge.
  const std::string name(kid);
  {
    const std::scoped_lock lock(enrolled_mutex_);
    if (const auto* known = enrolled_.find(name)) return std::optional(*known);
  }
  NGUON_TRY(const auto stored,
            store.get(Family::state, keys::state(options.log_number, state_key::key(kid))));
  if (!stored) return std::optional<PublicKey>();
  NGUON_TRY(const auto record, decode<KeyRecord>(*stored));
  NGUON_TRY(auto key, PublicKey::from_jwk(record.jwk));
  const std::scoped_lock lock(enrolled_mutex_);
  return std::optional(enrolled_.put(name, std::move(key)));
}

Admission Ledger::Impl::admit(std::string_view body, std::string_view expected_id) {
  const ActiveRules active = rules.active();
  return ledger::admit(body, expected_id, {deployment.id, *active.bundle, key_resolver_});
}

void Ledger::Impl::reject(const Rejection& rejection, Done done) {
  Decision decision;
  decision.entry_id = rejection.entry_id;
  decision.error = rejection.error;
  decision.done = std::move(done);
  if (rejection.validly_signed) decision.kind = Outcome::Kind::refused;
  releaser->announce(std::move(decision));
}

Result<std::vector<std::uint64_t>> Ledger::Impl::indexes(const std::string& prefix,
                                                         std::uint64_t first,
                                                         std::size_t limit) const {
  std::vector<std::uint64_t> found;
  const std::uint64_t size = releaser->head().size;
  std::uint64_t seen = 0;
  NGUON_CHECK(store.scan(Family::index, prefix, prefix + ledger::keys::big_endian(size),
                         [&](std::string_view key, std::string_view) {
                           if (found.size() == limit) return false;
                           if (seen++ >= first) {
                             found.push_back(
                                 ledger::keys::read_big_endian(key.substr(prefix.size())));
                           }
                           return true;
                         }));
  return found;
}

void Ledger::submit(std::string_view body, std::string_view expected_id, Done done) {
  auto admission = impl_->admit(body, expected_id);
  if (!admission) {
    const Rejection& rejection = admission.error();
    // What was logged stays logged, whatever today's rules say of it: the same bytes get their
    // receipt.
    if (rejection.validly_signed) {
      const auto logged = find(rejection.entry_id);
      if (logged && *logged) {
        Outcome outcome;
        auto receipt = this->receipt((*logged)->index);
        outcome.kind = receipt ? Outcome::Kind::repeated : Outcome::Kind::error;
        if (receipt) {
          outcome.statement = std::move(*receipt);
        } else {
          outcome.error = receipt.error();
        }
        return done(std::move(outcome));
      }
    }
    return impl_->reject(rejection, std::move(done));
  }
  const auto shared = std::make_shared<Done>(std::move(done));
  const auto queued = impl_->sequencer->push(
      {std::move(*admission), [shared](Outcome outcome) { (*shared)(std::move(outcome)); }});
  if (!queued) {
    Outcome outcome;
    outcome.error = queued.error();
    (*shared)(std::move(outcome));
  }
}

}  // namespace nguon::ledger
