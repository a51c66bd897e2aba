#include "ledger/log/recover.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/start.hpp"
#include "ledger/store/keys.hpp"

#include <boost/json/value_to.hpp>

namespace nguon::ledger {
namespace {

/// Says what the leaf being refilled says.
class LeafClock final : public Clock {
 public:
  std::int64_t now_ms() const override { return recorded; }
  std::int64_t recorded = 0;
};

bool has_private_slot(const boost::json::value& value) {
  if (value.is_array()) {
    for (const auto& item : value.get_array()) {
      if (has_private_slot(item)) return true;
    }
  }
  if (!value.is_object()) return false;
  for (const auto& member : value.get_object()) {
    if (member.key() == "_sd" || has_private_slot(member.value())) return true;
  }
  return false;
}

Result<void> check_folder(const LogFolder& folder, const TreeHead& claimed,
                          const TreeHead& database, const std::optional<Anchor::Head>& anchored) {
  const auto differs = [](const char* where, const TreeHead& ours, const Hash& folders) {
    return Error{Errc::corrupt,
                 "recover.root-differs",
                 {},
                 std::string(where) + " " + show(ours) + ", folder " + show({ours.size, folders})};
  };
  if (anchored && claimed.size < anchored->size) {
    return Error{Errc::corrupt,
                 "recover.folder-behind",
                 {},
                 "folder " + show(claimed) + ", anchor " + show({anchored->size, anchored->root})};
  }
  if (claimed.size < database.size) {
    return Error{Errc::invalid,
                 "recover.folder-behind",
                 {},
                 "folder " + show(claimed) + ", database " + show(database)};
  }
  CompactRange range;
  NGUON_CHECK(
      folder.leaves(claimed.size, [&](std::uint64_t, std::string_view leaf) -> Result<void> {
        range.append(leaf_hash(leaf));
        if (range.size() == database.size && range.root() != database.root) {
          return differs("database", database, range.root());
        }
        if (anchored && range.size() == anchored->size && range.root() != anchored->root) {
          return differs("anchor", {anchored->size, anchored->root}, range.root());
        }
        return {};
      }));
  if (range.root() != claimed.root) return differs("checkpoint", claimed, range.root());
  return {};
}

Result<Entry> read_entry(const Store& store, std::uint32_t log, const Leaf& leaf) {
  if (leaf.index == 0) return check_genesis(leaf.jws);
  NGUON_TRY(const Jws jws, parse_jws(leaf.jws, entry_typ));
  NGUON_TRY(const auto stored, store.get(Family::state, keys::state(log, state_key::key(jws.kid))));
  if (!stored) return Error{Errc::corrupt, "recover.entry", {}, "signed by a key never enrolled"};
  NGUON_TRY(const auto record, decode<KeyRecord>(*stored));
  NGUON_TRY(const auto key, PublicKey::from_jwk(record.jwk));
  return check_grammar_and_signature(leaf.jws, key);
}

/// A genesis or `rules.activate` needs its bundle in the store before it can be applied.
Result<void> bring_bundle(Store& store, std::uint32_t log, const LogFolder& folder,
                          const Entry& entry, const std::string& head) {
  if (entry.type != "genesis/1" && !entry.type.starts_with("rules.activate/")) return {};
  const auto* name = entry.data.if_contains("bundle");
  const auto hash =
      name != nullptr && name->is_string() ? base64url_hash(name->get_string()) : std::nullopt;
  if (!hash) return Error{Errc::corrupt, "recover.entry", "/data/bundle", {}};
  NGUON_TRY(const auto text, folder.rules(*hash));
  WriteBatch batch;
  RuleBook::put(log, text, batch);
  if (store.commit(batch, head) == Commit::done) return {};
  return Error{Errc::unavailable, "store.io", {}, "could not write a rule bundle"};
}

}  // namespace

Result<Recovery> recover(Store& store, Anchor& anchor, const LogFolder& folder,
                         const NoteVerifier& log, const LedgerKeys& keys, std::uint32_t log_number,
                         const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  NGUON_TRY(const auto note, folder.checkpoint());
  NGUON_TRY(const Checkpoint claimed, open_checkpoint(note, log));
  NGUON_TRY(const auto anchored, anchor.read());
  Recovery recovery;
  NGUON_TRY(const auto stored, store.get(Family::log, keys::head(log_number)));
  if (stored) {
    NGUON_TRY(recovery.before, decode_head(*stored));
  } else {
    recovery.before.root = empty_root();
  }
  NGUON_CHECK(check_folder(folder, {claimed.size, claimed.root}, recovery.before, anchored));

  // One leaf a commit: slow and simple. A crash leaves a shorter log that is a true prefix, still
  // behind its anchor, and the next run goes on from there.
  NGUON_TRY(auto tree, TileTree::load(store, log_number, recovery.before.size));
  NGUON_TRY(const auto range, compact_range(*tree, recovery.before.size));
  Vault vault(store, log_number, keys.vault);
  RuleBook rules(store, log_number);
  if (recovery.before.size > 0) {
    NGUON_TRY(const auto record,
              store.get(Family::state, keys::state(log_number, state_key::rules())));
    if (!record) return Error{Errc::corrupt, "store.corrupt", {}, "no rules are in force"};
    NGUON_TRY(const auto in_force, decode<RulesRecord>(*record));
    NGUON_CHECK(rules.activate(in_force.bundle, static_cast<int>(in_force.engine)));
  }
  LeafClock clock;
  Batcher batcher({store, log_number, clock, *tree, vault, rules}, recovery.before, range);
  std::string head = stored.value_or("");
  const auto refill = [&](std::uint64_t index, std::string_view text) -> Result<void> {
    if (index < recovery.before.size) return {};
    NGUON_TRY(const Leaf leaf, decode_leaf(index, text));
    NGUON_TRY(Entry entry, read_entry(store, log_number, leaf));
    NGUON_CHECK(bring_bundle(store, log_number, folder, entry, head));
    if (index == 0) {
      NGUON_CHECK(rules.activate(std::string(entry.data.at("bundle").as_string()), 1));
    }
    if (has_private_slot(entry.data)) ++recovery.private_lost;
    clock.recorded = leaf.recorded;
    std::deque<Submission> waiting;
    waiting.push_back({{std::move(entry), {}}, nullptr});
    Batch batch;
    NGUON_CHECK(batcher.assemble(waiting, batch));
    if (batch.decisions.front().kind != Outcome::Kind::created) {
      return Error{
          Errc::corrupt,
          "recover.entry",
          {},
          "entry " + std::to_string(index) + " breaks " + batch.decisions.front().error.rule};
    }
    if (store.commit(batch.writes, head) != Commit::done) {
      return Error{Errc::unavailable, "store.io", {}, "a commit failed; run recover again"};
    }
    head = encode_head(batch.head);
    recovery.after = batch.head;
    progress(index + 1, claimed.size);
    return {};
  };
  recovery.after = recovery.before;
  NGUON_CHECK(folder.leaves(claimed.size, refill));
  NGUON_CHECK(anchor.write({recovery.after.size, recovery.after.root}));
  return recovery;
}

}  // namespace nguon::ledger
