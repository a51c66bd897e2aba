#include "ledger/log/recover.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/upgrade.hpp"
#include "ledger/store/keys.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

namespace nguon::ledger {
namespace {

// The store's limit on a batch bounds what is read ahead of it too.
constexpr std::size_t max_waiting = max_batch_size;

std::uint64_t count_slots(const boost::json::value& value) {
  std::uint64_t slots = 0;
  if (value.is_array()) {
    for (const auto& item : value.get_array()) slots += count_slots(item);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      slots += member.key() == "_sd" ? 1 : count_slots(member.value());
    }
  }
  return slots;
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

/// Leaves on their way back into the store, as many to a commit as a batch may hold.
class Refill {
 public:
  struct Parts {
    Store& store;
    std::uint32_t log;
    const LogFolder& folder;
    Batcher& batcher;
    const Vault& vault;
    RuleBook& rules;
    const std::function<void(std::uint64_t)>& progress;
  };
  /// `head` as stored, empty for none.
  Refill(Parts parts, std::string head, TreeHead at)
      : parts_(parts), head_(std::move(head)), at_(at) {}

  Result<void> take(std::uint64_t index, std::string_view text) {
    NGUON_TRY(const Leaf leaf, decode_leaf(index, text));
    NGUON_TRY(Entry entry, read_entry(leaf));
    NGUON_CHECK(bring_bundle(entry));
    if (index == 0) {
      NGUON_CHECK(parts_.rules.activate(std::string(entry.data.at("bundle").as_string()), 1));
    }
    NGUON_CHECK(count_unheld(entry));
    octets_ += text.size();
    waiting_.push_back({{std::move(entry), {}}, nullptr, leaf.recorded});
    if (waiting_.size() < max_batch_entries && octets_ < max_waiting) return {};
    return commit();
  }

  /// Commits all that waits. Crash order: each commit is one synced batch of whole leaves with
  /// everything that follows from them and the head they lead to, so a crash leaves a shorter log
  /// that is a true prefix, and the next run goes on from there; while it is behind its anchor no
  /// start accepts it. The anchor moves last, so it never speaks of leaves that are not there.
  Result<void> commit() {
    while (!waiting_.empty()) {
      Batch batch;
      NGUON_CHECK(parts_.batcher.assemble(waiting_, batch));
      for (std::size_t i = 0; i < batch.decisions.size(); ++i) {
        const Decision& decision = batch.decisions[i];
        if (decision.kind == Outcome::Kind::created) continue;
        return Error{Errc::corrupt,
                     "recover.entry",
                     {},
                     "entry " + std::to_string(at_.size + i) + " breaks " + decision.error.rule};
      }
      if (parts_.store.commit(batch.writes, head_) != Commit::done) {
        return Error{Errc::unavailable, "store.io", {}, "a commit failed; run recover again"};
      }
      head_ = encode_head(batch.head);
      at_ = batch.head;
      parts_.progress(at_.size);
    }
    octets_ = 0;
    return {};
  }

  const TreeHead& head() const { return at_; }
  std::uint64_t unheld() const { return unheld_; }

 private:
  Result<Entry> read_entry(const Leaf& leaf) {
    if (leaf.index == 0) return check_genesis(leaf.jws);
    NGUON_TRY(const Jws jws, parse_jws(leaf.jws, entry_typ));
    const auto where = keys::state(parts_.log, state_key::key(jws.kid));
    NGUON_TRY(auto stored, parts_.store.get(Family::state, where));
    if (!stored) {
      // Its enrolment may be among the leaves that wait. What is found is good for ever: a kid is
      // bound to one key.
      NGUON_CHECK(commit());
      NGUON_TRY(stored, parts_.store.get(Family::state, where));
    }
    if (!stored) return Error{Errc::corrupt, "recover.entry", {}, "signed by a key never enrolled"};
    NGUON_TRY(const auto record, decode<KeyRecord>(*stored));
    NGUON_TRY(const auto key, PublicKey::from_jwk(record.jwk));
    return check_grammar_and_signature(leaf.jws, key);
  }

  /// A genesis or `rules.activate` needs its bundle in the store before it can be applied. In a
  /// commit of its own, ahead: rows that no entry names yet are harmless.
  Result<void> bring_bundle(const Entry& entry) {
    if (entry.type != "genesis/1" && !entry.type.starts_with("rules.activate/")) return {};
    const auto* name = entry.data.if_contains("bundle");
    const auto hash =
        name != nullptr && name->is_string() ? base64url_hash(name->get_string()) : std::nullopt;
    if (!hash) return Error{Errc::corrupt, "recover.entry", "/data/bundle", {}};
    NGUON_TRY(const auto text, parts_.folder.rules(*hash));
    WriteBatch batch;
    RuleBook::put(parts_.log, text, batch);
    if (parts_.store.commit(batch, head_) == Commit::done) return {};
    return Error{Errc::unavailable, "store.io", {}, "could not write a rule bundle"};
  }

  /// An adopted entry stands inside the one that is logged, and its values may be held still: they
  /// came with it when it was kept aside.
  Result<void> count_unheld(const Entry& entry) {
    std::uint64_t slots = count_slots(entry.data);
    std::string id = entry.id;
    if (entry.type.starts_with("entry.adopt/")) {
      const auto* text = entry.data.if_contains("entry");
      if (text == nullptr || !text->is_string()) {
        return Error{Errc::corrupt, "recover.entry", "/data/entry", {}};
      }
      NGUON_TRY(const Jws inner, parse_jws(text->get_string(), entry_typ));
      NGUON_TRY(const auto claims, parse_json(inner.payload));
      slots += count_slots(claims);
      id = entry_id(inner.signing_input);
    }
    if (slots == 0) return {};
    NGUON_TRY(const auto held, parts_.vault.slots(id));
    unheld_ += slots - std::min<std::uint64_t>(slots, held.size());
    return {};
  }

  const Parts parts_;
  std::string head_;  // Stored head octets.
  TreeHead at_;
  std::deque<Submission> waiting_;
  std::size_t octets_ = 0;  // Of the leaves that wait.
  std::uint64_t unheld_ = 0;
};

}  // namespace

Result<Recovery> recover(Store& store, Anchor& anchor, const LogFolder& folder,
                         std::span<const NoteVerifier> log, const LedgerKeys& keys,
                         std::uint32_t log_number,
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
  NGUON_CHECK(upgrade_store(store));

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
  const SystemClock clock;  // Unused: every leaf says when it was recorded.
  Batcher batcher({store, log_number, clock, *tree, vault, rules}, recovery.before, range);
  const std::function<void(std::uint64_t)> at = [&](std::uint64_t size) {
    progress(size, claimed.size);
  };
  Refill refill({store, log_number, folder, batcher, vault, rules, at}, stored.value_or(""),
                recovery.before);
  NGUON_CHECK(
      folder.leaves(claimed.size, [&](std::uint64_t index, std::string_view text) -> Result<void> {
        if (index < recovery.before.size) return {};
        return refill.take(index, text);
      }));
  NGUON_CHECK(refill.commit());
  recovery.after = refill.head();
  recovery.unheld_slots = refill.unheld();
  NGUON_CHECK(anchor.write({recovery.after.size, recovery.after.root}));
  return recovery;
}

}  // namespace nguon::ledger
