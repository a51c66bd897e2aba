#include "ledger/log/append.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::ledger {
namespace {

Result<void> commit(Store& store, const WriteBatch& writes, std::string_view head) {
  if (store.commit(writes, head) == Commit::done) return {};
  return Error{Errc::unavailable, "store.io", {}, "could not write the entry"};
}

}  // namespace

Result<std::uint64_t> append_unsigned(Store& store, Anchor& anchor, const Clock& clock,
                                      std::uint32_t log, const std::string& vault,
                                      std::string_view sd_jwt) {
  NGUON_TRY(const Start start, check_start(store, anchor, log));
  RuleBook rules(store, log);
  NGUON_CHECK(rules.activate(start.rules.bundle, static_cast<int>(start.rules.engine)));
  const KeyResolver key_of = [&](std::string_view kid) -> Result<std::optional<PublicKey>> {
    NGUON_TRY(const auto stored,
              store.get(Family::state, keys::state(log, state_key::key(std::string(kid)))));
    if (!stored) return std::optional<PublicKey>();
    NGUON_TRY(const auto record, decode<KeyRecord>(*stored));
    NGUON_TRY(auto key, PublicKey::from_jwk(record.jwk));
    return std::optional(std::move(key));
  };
  const ActiveRules active = rules.active();
  auto admitted = admit(sd_jwt, {}, {start.deployment.id, *active.bundle, key_of});
  if (!admitted) return admitted.error().error;
  Vault sealed(store, log, vault);
  Batcher batcher({store, log, clock, *start.tree, sealed, rules}, start.head, start.range);
  std::deque<Submission> waiting;
  waiting.push_back({std::move(*admitted), nullptr});
  Batch batch;
  NGUON_CHECK(batcher.assemble(waiting, batch));
  const Decision& decision = batch.decisions.front();
  if (decision.kind == Outcome::Kind::repeated) return decision.index;
  if (decision.kind == Outcome::Kind::held) {
    return Error{Errc::forbidden, "key.revoked", "/kid", "a retired key signs nothing more"};
  }
  if (decision.kind != Outcome::Kind::created) return decision.error;
  NGUON_CHECK(commit(store, batch.writes, encode_head(start.head)));
  NGUON_CHECK(anchor.write({batch.head.size, batch.head.root}));
  return decision.index;
}

Result<void> add_rules_unsigned(Store& store, std::uint32_t log, std::string_view bundle_text) {
  NGUON_TRY(const auto head, store.get(Family::log, keys::head(log)));
  if (!head) return Error{Errc::not_found, "start.not-initialised", {}, "run nguon init first"};
  WriteBatch batch;
  RuleBook::put(log, bundle_text, batch);
  return commit(store, batch, *head);
}

}  // namespace nguon::ledger
