#include "ledger/monitor/mirror.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/monitor/mirror_growth.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace nguon::ledger {
namespace {

/// Beyond it a smaller checkpoint is no longer a cache's (DESIGN §4), with room for slow clocks.
constexpr std::chrono::milliseconds lag{2'500};

}  // namespace

Mirror::Mirror(std::unique_ptr<MirrorFolder> folder, NoteVerifier log, MirrorOptions options)
    : folder_(std::move(folder)),
      log_(std::move(log)),
      options_(std::move(options)),
      reader_(options_.threads != 0 ? options_.threads
                                    : std::max(1U, std::thread::hardware_concurrency())),
      head_{0, empty_root()} {}

Result<std::unique_ptr<Mirror>> Mirror::open(const std::string& path, NoteVerifier log,
                                             MirrorOptions options) {
  NGUON_TRY(auto folder, MirrorFolder::open(path));
  std::unique_ptr<Mirror> mirror(new Mirror(std::move(folder), std::move(log), std::move(options)));
  NGUON_CHECK(mirror->read_copy());
  return mirror;
}

Result<void> Mirror::read_copy() {
  const auto damaged = [&](const Error& why) {
    return Error{Errc::corrupt, "monitor.folder", why.field,
                 "the copy in " + folder_->path() + " is damaged (" + why.rule + ' ' + why.detail +
                     "); keep it aside and begin another"};
  };
  const auto note = files().checkpoint();
  if (!note && note.error().code == Errc::not_found) return {};
  if (!note) return damaged(note.error());
  // Another vkey than the copy was made with is the caller's mistake, and no damage.
  const auto held = read_shown(*note);
  if (!held) return held.error();
  std::vector<RawLeaf> waiting;
  const auto read = [&]() -> Result<void> {
    NGUON_TRY(const auto entries, reader_.read(waiting, true));
    waiting.clear();
    return {};
  };
  const auto all =
      files().leaves(held->size, [&](std::uint64_t index, std::string_view leaf) -> Result<void> {
        options_.progress(index, held->size);
        tiles_.append(leaf_hash(leaf));
        waiting.push_back({index, std::string(leaf)});
        return waiting.size() < mirror_chunk_leaves ? Result<void>() : read();
      });
  if (!all) return damaged(all.error());
  if (const auto last = read(); !last) return damaged(last.error());
  if (tiles_.root() != held->root) {
    return damaged({Errc::corrupt, "monitor.leaves", {}, "they do not give the root"});
  }
  NGUON_CHECK(vouch(reader_, *note));
  head_ = {held->size, held->root};
  note_ = *note;
  return {};
}

Result<std::string> Mirror::fetch(const std::string& name) const {
  return options_.fetch(options_.url + '/' + name);
}

Result<Hash> Mirror::root_at(std::uint64_t size) const {
  if (size == head_.size) return head_.root;
  const LogFolder copy = files();
  return subtree_root(0, size, nodes_from_tiles(head_.size, [&](const TilePath& path) {
                        return copy.read(format_tile_path(path), tile_width * 32);
                      }));
}

/// What a note says, by the key we trust or, where that signs no more, by nobody yet: whether a
/// later one may, the leaves tell that it speaks of. No line of a witness we know is wrong.
Result<Checkpoint> Mirror::read_shown(const std::string& note) const {
  if (options_.policy) {
    const auto standing = options_.policy->judge(note, known_logs());
    if (!standing && standing.error().rule != "note.unknown-keys") return standing.error();
  }
  auto own = open_checkpoint(note, log_);
  if (own || own.error().rule != "note.unknown-keys") return own;
  NGUON_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint_text(parsed.text);
}

/// That the log signed this: the key we trust leads to it through what `reader` has read.
Result<void> Mirror::vouch(const LogReader& reader, const std::string& note) const {
  if (reader.deployment_id().empty()) {
    NGUON_CHECK(open_checkpoint(note, log_));
  } else {
    NGUON_CHECK(reader.keys().open(note, log_));
  }
  return {};
}

std::vector<NoteVerifier> Mirror::known_logs() const {
  std::vector<NoteVerifier> known = options_.policy->log_keys();
  known.push_back(log_);
  return known;
}

Result<Look> Mirror::look() {
  Look look;
  look.before = head_;
  NGUON_CHECK(follow());
  NGUON_CHECK(ask_witnesses(look));
  look.after = head_;
  if (options_.policy) {
    look.witnesses = options_.policy->witnesses().size();
    const auto standing = options_.policy->judge(note_, known_logs());
    // By keys that the policy does not know yet: nobody's cosignature is counted.
    if (!standing) return look;
    look.cosigned = standing->cosigned();
    look.quorum = standing->quorum;
    for (const auto& time : standing->times) {
      look.cosigned_at = std::max(look.cosigned_at, time.value_or(0));
    }
  }
  return look;
}

/// What the log shows now, taken. After a pause once more where it is smaller than before.
Result<void> Mirror::follow() {
  for (int attempt = 0;; ++attempt) {
    NGUON_TRY(const std::string note, fetch("checkpoint"));
    NGUON_TRY(const Checkpoint shown, read_shown(note));
    if (shown.size >= head_.size) return take(note, shown);
    if (attempt > 0) {
      NGUON_CHECK(vouch(reader_, note));
      return accuse("monitor.rollback",
                    "it was " + show(head_) + ", and is now " + show({shown.size, shown.root}),
                    {{"held.checkpoint", note_}, {"shown.checkpoint", note}});
    }
    options_.pause(lag);
  }
}

Result<void> Mirror::take(const std::string& note, const Checkpoint& shown) {
  if (shown.size == head_.size && !note_.empty()) {
    NGUON_CHECK(vouch(reader_, note));
    if (shown.root != head_.root) return compare(note, shown, "the log");
    if (note == note_) return {};
    // The same tree with other cosignatures.
    NGUON_CHECK(folder_->write("checkpoint", note));
    note_ = note;
    return folder_->settle();
  }
  for (const bool from_disk : {true, false}) {
    Growth growth{tiles_, reader_, {}, {}, {}, {}, {}, false};
    NGUON_CHECK(take_leaves(shown.size, from_disk, growth));
    const bool sound = growth.tiles.root() == shown.root;
    const auto vouched = vouch(growth.reader, note);
    if (sound && vouched && !growth.bad_entry) return commit(note, shown, std::move(growth));
    for (const std::string& name : growth.written) folder_->remove(name);
    if (!sound && growth.used_disk) continue;  // What an earlier run left is not what it should be.
    if (!vouched) return vouched.error();
    if (!sound) return explain(note, shown);
    return accuse("monitor.entry", growth.bad_entry->detail,
                  {{"shown.checkpoint", note}, {"leaf", growth.bad_leaf}});
  }
  return {};
}

Result<void> Mirror::compare(const std::string& note, const Checkpoint& shown,
                             const std::string& who) {
  NGUON_TRY(const Hash here, root_at(shown.size));
  if (here == shown.root) return {};
  return accuse("monitor.split-view",
                who + " shows " + show({shown.size, shown.root}) + "; held here is " +
                    show({shown.size, here}),
                {{"held.checkpoint", note_}, {"shown.checkpoint", note}});
}

Result<void> Mirror::ask_witnesses(Look& look) {
  if (!options_.policy) return {};
  const std::string place = hex_encode(sha256(log_.name()).view());
  for (const WitnessPolicy::Witness& witness : options_.policy->witnesses()) {
    if (witness.url.empty()) continue;
    const auto note = options_.fetch(witness.url + '/' + place + "/checkpoint");
    if (!note && note.error().code == Errc::not_found) continue;  // It has seen none yet.
    if (!note) {
      look.silent.push_back(witness.name);
      continue;
    }
    // Whoever cannot show what the log signed has shown nothing.
    const auto seen = read_shown(*note);
    if (!seen) {
      look.silent.push_back(witness.name);
      continue;
    }
    if (seen->size > head_.size) {
      options_.pause(lag);
      NGUON_CHECK(follow());
    }
    if (!vouch(reader_, *note)) {
      look.silent.push_back(witness.name);
      continue;
    }
    if (seen->size > head_.size) {
      return accuse("monitor.frozen",
                    "witness " + witness.name + " was shown " + show({seen->size, seen->root}) +
                        "; shown here is " + show(head_),
                    {{"held.checkpoint", note_}, {"witness.checkpoint", *note}});
    }
    NGUON_CHECK(compare(*note, *seen, "witness " + witness.name));
  }
  return {};
}

}  // namespace nguon::ledger
