#include "ledger/log/start.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/state_overlay.hpp"
#include "ledger/log/upgrade.hpp"
#include "ledger/store/keys.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace nguon::ledger {
namespace {

template <class Record>
Result<Record> stored_record(const Store& store, std::uint32_t log, const std::string& key) {
  NGUON_TRY(const auto octets, store.get(Family::state, keys::state(log, key)));
  if (!octets) return Error{Errc::corrupt, "store.corrupt", {}, key + " is missing"};
  return decode<Record>(*octets);
}

Result<void> check_anchor(Anchor& anchor, const TreeHead& head, const TileTree& tree) {
  NGUON_TRY(const auto anchored, anchor.read());
  if (!anchored) {
    // Only a crash between the genesis commit and its anchor leaves a log without one.
    if (head.size > 1) {
      return Error{Errc::corrupt, "start.no-anchor", {}, "database " + show(head) + ", no anchor"};
    }
  } else {
    const TreeHead limit{anchored->size, anchored->root};
    if (head.size < limit.size) {
      return Error{Errc::corrupt,
                   "start.behind-anchor",
                   {},
                   "database " + show(head) + ", anchor " + show(limit)};
    }
    NGUON_TRY(const Hash root, tree.root(limit.size));
    if (root != limit.root) {
      return Error{Errc::corrupt,
                   "start.root-differs",
                   {},
                   "database " + show({limit.size, root}) + ", anchor " + show(limit)};
    }
    if (head.size == limit.size) return {};
  }
  // Durable but never released: nobody holds a signature over it yet, so moving the anchor is safe.
  return anchor.write({head.size, head.root});
}

/// The rows that the entry at `index` left in the state and the indexes.
Result<void> check_rows(const Store& store, std::uint32_t log, const TreeHead& head,
                        std::uint64_t index) {
  NGUON_TRY(const auto text, store.get(Family::log, keys::leaf(log, index)));
  if (!text) return Error{Errc::corrupt, "store.corrupt", {}, "a leaf is missing"};
  NGUON_TRY(const Leaf leaf, decode_leaf(index, *text));
  NGUON_TRY(const auto jws, parse_jws(leaf.jws, entry_typ));
  NGUON_TRY(const Claims claims, parse_claims(leaf.jws, jws));
  const std::string row = state_key::entry(base64url_encode(id_of(leaf)));
  NGUON_TRY(const auto in_state, store.get(Family::state, keys::state(log, row)));
  const std::string at = keys::history(log, claims.entry.sub) + keys::big_endian(index);
  NGUON_TRY(const auto in_index, store.get(Family::index, at));
  if (in_state && in_index) return {};
  return Error{Errc::corrupt,
               "start.rows-missing",
               {},
               "database " + show(head) + " without the rows of entry " + std::to_string(index)};
}

/// Tree and leaves are one family of the store; one whose manifest lost its end may hold an older
/// state and older indexes beside them, and would judge what comes by what it forgot. What a
/// manifest loses was written together and lately: the newest 32 entries are looked at, and from
/// there back fewer and fewer, so that a gap of a sixteenth of what came after it is met. Some
/// hundred reads, however long the log.
Result<void> check_recent_rows(const Store& store, std::uint32_t log, const TreeHead& head) {
  for (std::uint64_t back = 1; back <= head.size; back += std::max<std::uint64_t>(1, back / 16)) {
    NGUON_CHECK(check_rows(store, log, head, head.size - back));
  }
  return {};
}

}  // namespace

Result<std::optional<TreeHead>> stored_head(const Store& store, std::uint32_t log) {
  NGUON_TRY(const auto octets, store.get(Family::log, keys::head(log)));
  if (!octets) return std::optional<TreeHead>();
  NGUON_TRY(const auto head, decode_head(*octets));
  return std::optional(head);
}

std::string show(const TreeHead& head) {
  return std::to_string(head.size) + " " + base64_encode(head.root.view());
}

Result<CompactRange> compact_range(const TileTree& tree, std::uint64_t size) {
  std::string octets = keys::big_endian(size);
  for (int level = 63; level >= 0; --level) {
    if (((size >> level) & 1) == 0) continue;
    const std::uint64_t begin = level == 63 ? 0 : (size >> (level + 1)) << (level + 1);
    NGUON_TRY(const Hash peak, tree.subtree(begin, begin + (std::uint64_t{1} << level)));
    octets += peak.view();
  }
  return CompactRange::parse(octets);
}

Result<Start> check_start(Store& store, Anchor& anchor, std::uint32_t log) {
  Start start;
  NGUON_TRY(const auto head, stored_head(store, log));
  if (!head) {
    NGUON_TRY(const auto anchored, anchor.read());
    if (anchored) {
      return Error{Errc::corrupt,
                   "start.behind-anchor",
                   {},
                   "database is empty, anchor " + show({anchored->size, anchored->root})};
    }
    return Error{Errc::not_found, "start.not-initialised", {}, "run nguon init first"};
  }
  start.head = *head;
  NGUON_TRY(start.tree, TileTree::load(store, log, head->size));
  NGUON_TRY(const Hash root, start.tree->root(head->size));
  if (root != head->root) {
    return Error{
        Errc::corrupt,
        "start.root-differs",
        {},
        "stored head " + show(*head) + ", its tiles and leaves " + show({head->size, root})};
  }
  NGUON_CHECK(check_recent_rows(store, log, *head));
  NGUON_CHECK(check_anchor(anchor, *head, *start.tree));
  NGUON_CHECK(upgrade_store(store));
  NGUON_TRY(start.range, compact_range(*start.tree, head->size));
  NGUON_TRY(start.deployment, stored_record<DeploymentRecord>(store, log, state_key::deployment()));
  NGUON_TRY(start.rules, stored_record<RulesRecord>(store, log, state_key::rules()));
  const StateOverlay state(store, log);
  NGUON_TRY(start.signers, read_signers(state));
  NGUON_TRY(start.origins, read_origins(state));
  const std::string due = keys::purge_due(log, {});
  NGUON_CHECK(store.scan(Family::private_values, due, keys::after(due),
                         [&](auto, auto) { return !(start.purge_due = true); }));
  return start;
}

Result<void> write_genesis(Store& store, Anchor& anchor, const Clock& clock, const LedgerKeys& keys,
                           std::uint32_t log, const std::string& genesis,
                           std::string_view bundle_text) {
  NGUON_TRY(const auto head, stored_head(store, log));
  NGUON_TRY(const auto anchored, anchor.read());
  if (head || anchored) {
    return Error{
        Errc::conflict, "start.initialised", {}, "this data directory holds a log already"};
  }
  NGUON_TRY(Entry entry, check_genesis(genesis));
  const auto kid_of = [&](const char* member) {
    const auto* jwk = entry.data.if_contains(member);
    const auto key = PublicKey::from_jwk(jwk == nullptr ? "" : boost::json::serialize(*jwk));
    return key ? key->kid() : std::string();
  };
  if (!keys.stock->log_signer(kid_of("log")) || !keys.stock->service_key(kid_of("service"))) {
    return invalid("genesis.keys", "/data", "the genesis entry carries other keys");
  }
  const auto parsed = schemas::Bundle::parse(bundle_text);
  if (!parsed) return invalid("rules.bundle", parsed.error().pointer, parsed.error().detail);

  // Crash order: the bundle first, for the genesis names it; rows nobody names are harmless. Then
  // index 0 in one commit, then the anchor: a crash between those two is finished by check_start().
  WriteBatch bundle;
  RuleBook::put(log, bundle_text, bundle);
  if (store.commit(bundle, {}) != Commit::done) {
    return Error{Errc::unavailable, "store.io", {}, "could not write the rule bundle"};
  }
  NGUON_TRY(auto tree, TileTree::load(store, log, 0));
  Vault vault(store, log, keys.vault);
  RuleBook rules(store, log);
  NGUON_CHECK(rules.activate(base64url_encode(sha256(bundle_text)), 1));
  Batcher batcher({store, log, clock, *tree, vault, rules}, {}, {});
  std::deque<Submission> waiting;
  waiting.push_back({{std::move(entry), {}}, nullptr});
  Batch batch;
  NGUON_CHECK(batcher.assemble(waiting, batch));
  const Decision& decision = batch.decisions.front();
  if (decision.kind != Outcome::Kind::created) return decision.error;
  if (store.commit(batch.writes, {}) != Commit::done) {
    return Error{Errc::unavailable, "store.io", {}, "could not write the genesis entry"};
  }
  return anchor.write({batch.head.size, batch.head.root});
}

}  // namespace nguon::ledger
