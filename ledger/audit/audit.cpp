#include "ledger/audit/audit.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/audit/entry_pipeline.hpp"
#include "ledger/audit/key_chain.hpp"
#include "ledger/audit/replay.hpp"
#include "ledger/audit/tree_audit.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/rule_book.hpp"
#include "ledger/log/start.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>
#include <future>
#include <set>
#include <thread>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::size_t chunk_entries = 1024;
constexpr std::uint64_t told_every = 4096;

using LeafVisit = std::function<Result<void>(std::uint64_t index, std::string_view leaf)>;
/// Visits all leaves in order, until `visit` fails.
using LeafSource = std::function<Result<void>(const LeafVisit& visit)>;

Error bad_row(std::string place, std::string detail) {
  return {Errc::corrupt, "audit.row", std::move(place), std::move(detail)};
}

/// `key` without the log's number.
Error unknown_row(std::string_view key) {
  return bad_row("/log/" + hex_encode(key), "no row of the log family looks so");
}

/// Every leaf row, however many the head speaks of. Errors: `audit.leaf` at a gap, `audit.row`.
LeafSource leaves_of(const Store& store, std::uint32_t log) {
  return [&store, log](const LeafVisit& visit) -> Result<void> {
    const std::string first = keys::prefix(log, 'L');
    std::uint64_t next = 0;
    Result<void> outcome;
    NGUON_CHECK(store.scan(Family::log, first, keys::after(first),
                           [&](std::string_view key, std::string_view leaf) {
                             const std::string_view place = key.substr(first.size());
                             if (place.size() != 8) {
                               outcome = unknown_row(key.substr(4));
                             } else if (keys::read_big_endian(place) != next) {
                               const std::string name = std::to_string(next);
                               outcome = Error{Errc::corrupt, "audit.leaf", "/leaf/" + name,
                                               "index " + name + ": it is missing"};
                             } else {
                               outcome = visit(next++, leaf);
                             }
                             return outcome.has_value();
                           }));
    return outcome;
  };
}

/// One audit, whatever the leaves come from.
class Audit {
 public:
  Audit(std::uint32_t log, TreeHead head, LeafSource leaves, Replay::RuleSource rules,
        const AuditOptions& options)
      : head_(head),
        leaves_(std::move(leaves)),
        options_(options),
        threads_(options.threads != 0 ? options.threads
                                      : std::max(1U, std::thread::hardware_concurrency())),
        replay_(log, std::move(rules)) {}

  /// One reading of all leaves, for the tree and for the entries. What the tree says goes first,
  /// unless it can only say "something changed": then the entries say what.
  Result<void> run(TreeAudit tree) {
    Result<void> entries;
    NGUON_CHECK(leaves_([&](std::uint64_t index, std::string_view leaf) -> Result<void> {
      tell("entries", index);
      NGUON_CHECK(tree.append(leaf));
      if (entries) entries = take(index, leaf);
      return {};
    }));
    if (entries) entries = finish_entries();
    const auto finding = tree.finish();
    if (finding && !finding->vague) return finding->error;
    NGUON_CHECK(entries);
    if (finding) return finding->error;
    return check_seen();
  }

  Replay& replay() { return replay_; }
  unsigned threads() const { return threads_; }
  AuditReport report() {
    return {head_, replay_.state().size(), replay_.indexes().size(), replay_.flagged(),
            std::move(seen_report_)};
  }

 private:
  void tell(std::string_view phase, std::uint64_t index) const {
    if (index % told_every == 0) options_.progress(phase, index, head_.size);
  }

  Result<void> take(std::uint64_t index, std::string_view leaf) {
    chunk_.push_back({index, std::string(leaf)});
    if (chunk_.size() < chunk_entries) return {};
    checking_.push(std::exchange(chunk_, {}));
    // One more than there are threads to check: none of them waits while this one replays.
    return checking_.size() <= threads_ ? Result<void>() : replay_oldest();
  }

  Result<void> finish_entries() {
    checking_.push(std::exchange(chunk_, {}));
    while (checking_.size() != 0) {
      NGUON_CHECK(replay_oldest());
    }
    return {};
  }

  Result<void> replay_oldest() {
    NGUON_TRY(const auto entries, checking_.pop());
    for (const LinkedEntry& entry : entries) {
      NGUON_CHECK(replay_.add(entry));
      seen_.note(entry);
    }
    return {};
  }

  /// After the replay, which knows the log's origin.
  Result<void> check_seen() {
    if (!seen_.wants_leaves()) return {};
    NGUON_CHECK(leaves_([&](std::uint64_t index, std::string_view leaf) -> Result<void> {
      tell("seen", index);
      seen_.append(leaf);
      return {};
    }));
    const std::string* stored = replay_.state().find('S' + state_key::deployment());
    if (stored == nullptr) return {};
    NGUON_TRY(const auto deployment, decode<DeploymentRecord>(*stored));
    const std::string* renamed = replay_.state().find('S' + state_key::origins());
    OriginsRecord names{{{deployment.origin, 0}}};
    if (renamed != nullptr) {
      NGUON_TRY(names, decode<OriginsRecord>(*renamed));
    }
    seen_report_ = seen_.finish(names.of);
    return {};
  }

  const TreeHead head_;
  const LeafSource leaves_;
  const AuditOptions& options_;
  const unsigned threads_;
  Replay replay_;
  SeenAudit seen_;
  SeenReport seen_report_;
  std::vector<RawLeaf> chunk_;
  EntryPipeline checking_;
};

/// The checkpoint by `log` or, where that key signed it no more, by one that the leaves lead to.
/// They are read for that alone here: that they are the checkpoint's is found next.
Result<Checkpoint> open_folder_checkpoint(const LogFolder& folder, const std::string& note,
                                          const NoteVerifier& log) {
  const auto own = open_checkpoint(note, log);
  if (!own && own.error().rule != "note.unknown-keys") return own.error();
  NGUON_TRY(const Note parsed, parse_note(note));
  NGUON_TRY(const Checkpoint said, parse_checkpoint_text(parsed.text));
  KeyChain chain;
  std::uint64_t changes = 0;
  const auto read =
      folder.leaves(said.size, [&](std::uint64_t index, std::string_view text) -> Result<void> {
        NGUON_TRY(const Leaf leaf, decode_leaf(index, text));
        if (index != 0 && !may_change_log(leaf.jws)) return {};
        NGUON_TRY(const LinkedEntry linked, read_linked(index, leaf.recorded, leaf.jws));
        if (index == 0) {
          NGUON_TRY(chain, KeyChain::begin(linked.entry, leaf_hash(text)));
        } else if (changes_log(linked.entry)) {
          NGUON_CHECK(chain.add_signed(index, linked.entry));
          ++changes;
        }
        return {};
      });
  // Leaves that do not parse are the audit's to name; without a change there was nothing to follow.
  if (!read || changes == 0) return own;
  return chain.open(note, log);
}

/// Rows of the log family that the tree and the leaves did not speak of.
Result<void> check_other_rows(const Store& store, std::uint32_t log, const TreeHead& head) {
  std::optional<Error> found;
  std::set<std::string> bundles;
  const auto visit = [&](std::string_view key, std::string_view) {
    key.remove_prefix(4);
    const char letter = key.empty() ? '\0' : key.front();
    if (letter == 'T' && key.size() == 10) {
      const unsigned level = static_cast<unsigned char>(key[1]);
      const std::uint64_t number = keys::read_big_endian(key.substr(2));
      const bool full = level < 8 && number < (head.size >> (8 * level)) / 256;
      if (!full) {
        const auto name = std::to_string(level) + '/' + std::to_string(number);
        found = Error{Errc::corrupt, "audit.tile", "/tile/" + name,
                      "no such full tile in a tree of " + std::to_string(head.size)};
      }
    } else if (letter == 'B' && key.size() == 35) {
      bundles.insert(std::string(key.substr(1, 32)));
    } else if (letter == 'K' && key.size() == 9) {
      // What witnesses signed: no leaf gives it, and whoever wants it checked has their keys.
    } else if (!(letter == 'H' && key.size() == 1)) {
      found = unknown_row(key);
    }
    return !found;
  };
  // leaves_of() has seen every leaf row, nine tenths of the family.
  const std::string first = keys::big_endian(log, 4);
  const std::string leaves = keys::prefix(log, 'L');
  NGUON_CHECK(store.scan(Family::log, first, leaves, visit));
  if (!found) {
    NGUON_CHECK(store.scan(Family::log, keys::after(leaves), keys::after(first), visit));
  }
  if (found) return *found;
  const RuleBook book(store, log);
  for (const auto& name : bundles) {
    Hash hash;
    name.copy(reinterpret_cast<char*>(hash.bytes.data()), hash.bytes.size());
    if (const auto text = book.text(hash); !text) {
      return Error{Errc::corrupt, "audit.bundle", "/rules/" + hex_encode(name),
                   text.error().detail};
    }
  }
  return {};
}

/// Everything but the checksums of the files.
Result<AuditReport> audit_rows(const Store& store, std::uint32_t log,
                               const std::optional<Anchor::Head>& anchored,
                               const AuditOptions& options) {
  NGUON_TRY(const auto stored, store.get(Family::log, keys::head(log)));
  if (!stored) return Error{Errc::not_found, "start.not-initialised", {}, "no log is stored here"};
  NGUON_TRY(const TreeHead head, decode_head(*stored));
  const RuleBook book(store, log);
  Audit audit(
      log, head, leaves_of(store, log), [&](const Hash& bundle) { return book.text(bundle); },
      options);
  NGUON_CHECK(audit.run(TreeAudit(
      head, anchored,
      [&](unsigned level, std::uint64_t number) {
        return store.get(Family::log, keys::tile(log, level, number));
      },
      true)));
  NGUON_CHECK(check_other_rows(store, log, head));
  options.progress("state and indexes", 0, 0);
  AuditReport report = audit.report();
  auto indexes = std::async(
      std::launch::async, [&] { return audit.replay().indexes().compare(store, audit.threads()); });
  const auto state = audit.replay().state().compare(store, audit.threads());
  const auto index = indexes.get();
  NGUON_CHECK(state);
  NGUON_CHECK(index);
  return report;
}

}  // namespace

Result<AuditReport> audit_store(const Store& store, std::uint32_t log,
                                const std::optional<Anchor::Head>& anchored,
                                const AuditOptions& options) {
  // Beside the rest: the one waits for the disk where the other waits for the cores.
  auto checksums = std::async(std::launch::async, [&store] { return store.verify_checksums(); });
  auto found = audit_rows(store, log, anchored, options);
  NGUON_CHECK(checksums.get());
  return found;
}

Result<AuditReport> audit_folder(const LogFolder& folder, const NoteVerifier& log,
                                 const AuditOptions& options) {
  NGUON_TRY(const auto note, folder.checkpoint());
  NGUON_TRY(const auto checkpoint, open_folder_checkpoint(folder, note, log));
  const TreeHead head{checkpoint.size, checkpoint.root};
  // The log's number is only in the keys of a store, and no store is compared here.
  Audit audit(
      0, head, [&](const LeafVisit& visit) { return folder.leaves(head.size, visit); },
      [&](const Hash& bundle) -> Result<std::optional<std::string>> {
        NGUON_TRY(auto text, folder.rules(bundle));
        return std::optional<std::string>(std::move(text));
      },
      options);
  const auto done = audit.run(TreeAudit(
      head, std::nullopt,
      [&](unsigned level, std::uint64_t number) { return folder.full_tile(level, number); },
      false));
  if (!done && done.error().rule == "audit.head") {
    Error error = done.error();
    error.rule = "audit.checkpoint";
    error.field = "/checkpoint";
    return error;
  }
  if (!done) return done.error();
  return audit.report();
}

}  // namespace nguon::ledger
