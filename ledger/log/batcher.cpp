#include "ledger/log/batcher.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/succession.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// An entry adds at most its JWS and disclosures with their rows and its 256 state keys; leaving
// this much below max_batch_size keeps a batch within 4 MiB whatever the last entry was.
constexpr std::size_t full_at = max_batch_size - 512 * 1024;
constexpr std::size_t max_rivals = 4;   // Other entries kept per (kid, jti), for review.
constexpr std::size_t max_held = 1000;  // Held entries kept per revoked key.

Hash jti_scope(const Entry& entry) { return sha256(entry.kid, ".", entry.jti); }

Decision decision_of(Outcome::Kind kind, const Entry& entry, Error error = {}) {
  Decision decision;
  decision.kind = kind;
  decision.entry_id = entry.id;
  decision.error = std::move(error);
  return decision;
}

}  // namespace

Batcher::Batcher(Parts parts, TreeHead head, CompactRange range)
    : parts_(parts),
      state_(parts.store, parts.log),
      shelves_(parts.store),
      pager_(parts.store, parts.log),
      head_(head),
      range_(range) {}

Result<void> Batcher::assemble(std::deque<Submission>& waiting, Batch& batch) {
  const std::int64_t now = std::max<std::int64_t>(parts_.clock.now_ms(), 0);
  leaves_.clear();
  jtis_.clear();
  created_.clear();
  shelves_.start_over();
  pager_.start_over();
  while (!waiting.empty() && batch.decisions.size() < max_batch_entries &&
         batch.writes.size() + state_.pending_size() < full_at) {
    // An erasure deletes rows that are in the store: it must not share a batch with those that add
    // some.
    const bool erases = waiting.front().admitted.entry.is("erase");
    if (erases && !batch.decisions.empty()) break;
    const std::int64_t recorded = waiting.front().recorded.value_or(now);
    NGUON_TRY(Decision decision, decide(waiting.front(), recorded, batch));
    decision.done = std::move(waiting.front().done);
    batch.decisions.push_back(std::move(decision));
    waiting.pop_front();
    if (erases) break;
  }
  return close(batch);
}

Result<Decision> Batcher::decide(const Submission& submission, std::int64_t recorded,
                                 Batch& batch) {
  const Entry& entry = submission.admitted.entry;
  const Hash scope = jti_scope(entry);
  NGUON_TRY(auto earlier, known(entry, scope));
  if (earlier) {
    if (earlier->kind == Outcome::Kind::conflict) {
      NGUON_CHECK(keep_rival(entry, scope, batch));
    }
    return std::move(*earlier);
  }
  const ActiveRules active = parts_.rules.active();
  NGUON_TRY(Verdict verdict,
            apply(head_.size + leaves_.size(), recorded, entry, state_, active.rules()));
  Error why{Errc::invalid, verdict.rule, verdict.field, verdict.detail};
  switch (verdict.kind) {
    case Verdict::Kind::accept:
      break;
    case Verdict::Kind::refuse:
      return decision_of(Outcome::Kind::refused, entry, std::move(why));
    case Verdict::Kind::stale: {
      why.code = Errc::stale;
      Decision decision = decision_of(Outcome::Kind::conflict, entry, std::move(why));
      decision.head = verdict.head.value_or("");
      return decision;
    }
    case Verdict::Kind::not_yet:
      why.code = Errc::not_yet;
      return decision_of(Outcome::Kind::error, entry, std::move(why));
    case Verdict::Kind::hold:
      return hold(submission, batch);
  }
  if (entry.is(key_change_name) && stock_ != nullptr) {
    const auto taken = take_keys(entry, verdict);
    if (!taken) {
      const Error& error = taken.error();
      if (!error.rule.starts_with("keys.")) return error;
      return decision_of(
          error.code == Errc::not_yet ? Outcome::Kind::error : Outcome::Kind::refused, entry,
          error);
    }
  }
  if (entry.is(succession_name) && stock_ != nullptr) {
    return decision_of(Outcome::Kind::refused, entry,
                       {Errc::forbidden, "succeed.online", "/type", "no tail is lost here"});
  }
  if (entry.is("rules.activate")) {
    const auto* bundle = entry.data.if_contains("bundle");
    const auto hash = bundle != nullptr && bundle->is_string()
                          ? base64url_hash(bundle->get_string())
                          : std::nullopt;
    NGUON_TRY(const auto text,
              hash ? parts_.rules.text(*hash)
                   : Result<std::optional<std::string>>(std::optional<std::string>()));
    if (!text) {
      return decision_of(Outcome::Kind::error, entry,
                         {Errc::not_yet, "rules.bundle-unknown", "/data/bundle", {}});
    }
  }
  NGUON_CHECK(log(submission, verdict, scope, recorded, batch));
  Decision decision = decision_of(Outcome::Kind::created, entry);
  decision.index = head_.size + leaves_.size() - 1;
  decision.recorded = recorded;
  for (const auto& disclosure : submission.admitted.disclosures) {
    decision.slots.push_back(disclosure.pointer);
  }
  std::sort(decision.slots.begin(), decision.slots.end());
  created_.emplace(entry.id, decision);
  return decision;
}

void Batcher::sign_by(const KeyStock& stock, std::shared_ptr<const Signing> signing) {
  stock_ = &stock;
  signing_ = std::move(signing);
}

// Of `log.keys`, what the rules cannot see: whether `before` is of this tree, and whether this
// machine holds the new keys. Logged without them the log could not be signed any more, so the
// entry waits at the door like rules whose bundle nobody brought.
Result<void> Batcher::take_keys(const Entry& entry, const Verdict& verdict) {
  NGUON_TRY(const KeyChange change, read_key_change(entry));
  NGUON_TRY(const SignersRecord earlier, read_signers(state_));
  if (change.before) {
    NGUON_CHECK(
        check_before(*change.before, {earlier, signing_->origin, parts_.tree,
                                      [this](const std::string& kid) { return key_of(kid); }}));
  }
  const auto changed =
      std::find_if(verdict.changes.begin(), verdict.changes.end(),
                   [](const Change& one) { return one.key == state_key::signers(); });
  if (changed == verdict.changes.end() || !changed->value) {
    return Error{Errc::corrupt, "state.record", {}, "a change of keys without its record"};
  }
  NGUON_TRY(const auto next, decode<SignersRecord>(*changed->value));
  auto signing = find_signing(next, signing_->origin, head_.size + leaves_.size() + 1, *stock_);
  if (!signing) {
    Error error = signing.error();
    if (error.rule == "start.keys") {
      error = {Errc::not_yet, "keys.not-held", "/data", std::move(error.detail)};
    }
    return error;
  }
  signing_ = std::move(*signing);
  return {};
}

Result<PublicKey> Batcher::key_of(const std::string& kid) const {
  NGUON_TRY(const auto stored, state_.get(state_key::key(kid)));
  if (!stored) return Error{Errc::corrupt, "state.record", {}, "a key without record"};
  NGUON_TRY(const auto record, decode<KeyRecord>(*stored));
  return PublicKey::from_jwk(record.jwk);
}

Result<std::optional<Decision>> Batcher::known(const Entry& entry, const Hash& scope) {
  if (const auto created = created_.find(entry.id); created != created_.end()) {
    Decision decision = created->second;
    decision.kind = Outcome::Kind::repeated;
    return std::optional(std::move(decision));
  }
  std::string bearer;
  if (const auto found = jtis_.find(std::string(scope.view())); found != jtis_.end()) {
    bearer = found->second;
  } else {
    NGUON_TRY(const auto stored, parts_.store.get(Family::index, keys::by_jti(parts_.log, scope)));
    if (!stored) return std::optional<Decision>();
    bearer = *stored;
  }
  if (bearer != entry.id) {
    Decision decision = decision_of(Outcome::Kind::conflict, entry,
                                    {Errc::conflict, "entry.jti-reused", "/jti", {}});
    decision.head = bearer;
    return std::optional(std::move(decision));
  }
  NGUON_TRY(const auto record, state_.get(state_key::entry(entry.id)));
  if (!record) return Error{Errc::corrupt, "store.corrupt", {}, "an index names no entry"};
  NGUON_TRY(const auto logged, decode<EntryRecord>(*record));
  const auto index = static_cast<std::uint64_t>(logged.index);
  NGUON_TRY(const auto text, parts_.store.get(Family::log, keys::leaf(parts_.log, index)));
  if (!text) return Error{Errc::corrupt, "store.corrupt", {}, "an index names no leaf"};
  NGUON_TRY(const Leaf leaf, decode_leaf(index, *text));
  Decision decision = decision_of(Outcome::Kind::repeated, entry);
  decision.index = index;
  decision.recorded = leaf.recorded;
  NGUON_TRY(decision.slots, parts_.vault.slots(entry.id));
  return std::optional(std::move(decision));
}

Result<void> Batcher::log(const Submission& submission, const Verdict& verdict, const Hash& scope,
                          std::int64_t recorded, Batch& batch) {
  const Entry& entry = submission.admitted.entry;
  const std::uint64_t index = head_.size + leaves_.size();
  std::string leaf = encode_leaf(recorded, entry.jws);
  leaves_.push_back(leaf_hash(leaf));
  batch.writes.put(Family::log, keys::leaf(parts_.log, index), std::move(leaf));
  batch.writes.put(Family::index, keys::by_jti(parts_.log, scope), entry.id);
  const std::string at = keys::big_endian(index);
  batch.writes.put(Family::index, keys::history(parts_.log, entry.sub) + at, {});
  const auto id = base64url_hash(entry.id);
  if (!id) return Error{Errc::invalid, "entry.id", {}, {}};
  NGUON_CHECK(pager_.add(entry.sub, index, *id, verdict.count, batch.writes));
  for (const Input& input : entry.from) {
    batch.writes.put(Family::index, keys::consumers(parts_.log, input.sub) + at, {});
  }
  if (!verdict.flags.empty()) {
    std::string flags;
    for (const auto& flag : verdict.flags) flags += flag + '\n';
    batch.writes.put(Family::index, keys::flags(parts_.log, index), std::move(flags));
  }
  jtis_.emplace(scope.view(), entry.id);
  state_.add(verdict.changes);
  if (!submission.admitted.disclosures.empty()) {
    NGUON_TRY(const std::string person, signer(entry));
    NGUON_CHECK(parts_.vault.put(entry, submission.admitted.disclosures, person, batch.writes));
  }
  if (entry.is("erase")) {
    NGUON_CHECK(parts_.vault.erase(entry, batch.writes));
    batch.erases = true;
  }
  if (entry.is("rules.activate") || entry.is("genesis")) {
    NGUON_TRY(const auto stored, state_.get(state_key::rules()));
    if (!stored) return Error{Errc::corrupt, "store.corrupt", {}, "no rules are in force"};
    NGUON_TRY(const auto record, decode<RulesRecord>(*stored));
    NGUON_CHECK(parts_.rules.activate(record.bundle, static_cast<int>(record.engine)));
  }
  return {};
}

Result<Decision> Batcher::hold(const Submission& submission, Batch& batch) {
  // The values are sealed like those of a logged entry, under the id that an adoption will name.
  const Entry& entry = submission.admitted.entry;
  const auto id = base64url_hash(entry.id);
  const auto kid = base64url_hash(entry.kid);
  if (!id || !kid) return Error{Errc::invalid, "entry.id", {}, {}};
  NGUON_TRY(const auto place, shelves_.put(keys::held(parts_.log, *kid), id->view(), entry.jws,
                                           max_held, batch.writes));
  if (place == Shelves::Place::full) {
    return decision_of(Outcome::Kind::error, entry, {Errc::too_busy, "entry.held-full", {}, {}});
  }
  if (place == Shelves::Place::added) {
    NGUON_TRY(const std::string person, signer(entry));
    NGUON_CHECK(parts_.vault.put(entry, submission.admitted.disclosures, person, batch.writes));
  }
  return decision_of(Outcome::Kind::held, entry);
}

Result<void> Batcher::keep_rival(const Entry& entry, const Hash& scope, Batch& batch) {
  const auto id = base64url_hash(entry.id);
  if (!id) return {};
  NGUON_CHECK(shelves_.put(keys::rival(parts_.log, scope), id->view(), entry.jws, max_rivals,
                           batch.writes));
  return {};
}

Result<std::string> Batcher::signer(const Entry& entry) const {
  NGUON_TRY(const auto stored, state_.get(state_key::key(entry.kid)));
  if (!stored) return std::string();
  NGUON_TRY(auto record, decode<KeyRecord>(*stored));
  return record.person.empty() ? record.org : record.person;
}

Result<void> Batcher::close(Batch& batch) {
  if (!leaves_.empty()) {
    // Two computations from two sources: the tiles from the hashes made while deciding, the compact
    // range from the octets about to be written. One flipped bit between them would otherwise be
    // signed for ever (the death of Yeti 2022).
    for (const auto& write : batch.writes.writes()) {
      if (write.family == Family::log && write.key.starts_with(keys::prefix(parts_.log, 'L'))) {
        range_.append(leaf_hash(*write.value));
      }
    }
    state_.flush(batch.writes);
    parts_.tree.append(leaves_, batch.writes);
    head_.size += leaves_.size();
    NGUON_TRY(head_.root, parts_.tree.root(head_.size));
    if (range_.size() != head_.size || range_.root() != head_.root) {
      return Error{Errc::corrupt, "log.root-mismatch", {}, "two computations of one root differ"};
    }
    batch.writes.put(Family::log, keys::head(parts_.log), encode_head(head_));
  }
  batch.head = head_;
  batch.engine = parts_.rules.active().engine;
  batch.signing = signing_;
  return {};
}

}  // namespace nguon::ledger
