#include "ledger/witness/witness.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/add_checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/witness/record.hpp"

#include <algorithm>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::string_view fork_suffix = ".fork";

Witness::Answer refusal(Witness::Verdict verdict, Error error) {
  Witness::Answer answer;
  answer.verdict = verdict;
  answer.error = std::move(error);
  return answer;
}

Witness::Answer inconsistent(const char* why) {
  return refusal(Witness::Verdict::inconsistent, invalid("witness.inconsistent", {}, why));
}

/// The note as it is kept and shown: what of it was verified, and our own line.
std::string rewritten(const Note& note, const std::string& lines) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) text += signature_line(signature);
  return text + lines;
}

}  // namespace

struct Witness::Log {
  std::string origin;
  std::string hash;                ///< Lower-case hex of SHA-256(origin): its file.
  std::vector<NoteVerifier> keys;  ///< All named like the origin.
  mutable std::mutex mutex;        // guards the rest
  std::optional<Checkpoint> last;
  WitnessRecord record;
  std::uint64_t at = 0;
  std::optional<std::string> fork;
};

Witness::Witness(NoteVerifier name, PrivateKey key, const Clock& clock,
                 std::unique_ptr<WitnessStore> store)
    : name_(std::move(name)), key_(std::move(key)), clock_(clock), store_(std::move(store)) {}
Witness::~Witness() = default;

Result<std::unique_ptr<Witness>> Witness::open(const std::string& folder, NoteVerifier name,
                                               PrivateKey key, std::vector<NoteVerifier> logs,
                                               const Clock& clock) {
  if (logs.empty()) return invalid("witness.logs");
  if (name.kind() != NoteKeyKind::witness || name.key().kid() != key.kid()) {
    return invalid("witness.key");
  }
  NGUON_TRY(auto store, WitnessStore::open(folder));
  std::unique_ptr<Witness> witness(
      new Witness(std::move(name), std::move(key), clock, std::move(store)));
  for (NoteVerifier& log_key : logs) {
    // A log that could sign as its own witness would be watched by nobody.
    if (log_key.key().kid() == witness->key_.kid()) return invalid("witness.key");
    Log* log = witness->find(log_key.name());
    if (log == nullptr) {
      log = witness->logs_.emplace_back(std::make_unique<Log>()).get();
      log->origin = log_key.name();
      log->hash = hex_encode(sha256(log->origin).view());
    }
    log->keys.push_back(std::move(log_key));
  }
  for (const auto& log : witness->logs_) {
    NGUON_CHECK(witness->load(*log));
  }
  return witness;
}

Result<void> Witness::load(Log& log) const {
  NGUON_TRY(log.fork, store_->read(log.hash + std::string(fork_suffix)));
  NGUON_TRY(const auto octets, store_->read(log.hash));
  if (!octets) return {};
  NGUON_TRY(log.record, parse_witness_record(*octets));
  const Error foreign{Errc::corrupt, "witness.state", {}, log.hash + " is not this witness's"};
  const auto note = open_note(log.record.note, {&name_, 1});
  if (!note) return foreign;
  NGUON_TRY(log.last, parse_checkpoint_text(note->text));
  if (log.last->origin != log.origin) return foreign;
  log.at = cosignature_time(note->signatures.front().octets).value_or(0);
  return {};
}

Witness::Log* Witness::find(std::string_view origin) const {
  const auto found = std::find_if(logs_.begin(), logs_.end(),
                                  [&](const auto& log) { return log->origin == origin; });
  return found == logs_.end() ? nullptr : found->get();
}

Witness::Answer Witness::add(std::string_view octets) {
  const auto unsigned_by_log = [] {
    return refusal(Verdict::not_signed,
                   {Errc::forbidden, "witness.signature", {}, "invalid signature"});
  };
  const auto request = parse_add_checkpoint(octets);
  if (!request && request.error().rule == std::string_view("note.slack-bits")) {
    return unsigned_by_log();
  }
  if (!request) return refusal(Verdict::malformed, request.error());
  Log* const log = find(request->checkpoint.substr(0, request->checkpoint.find('\n')));
  if (log == nullptr) {
    return refusal(Verdict::unknown_log,
                   {Errc::not_found, "witness.unknown-log", {}, "unknown log"});
  }
  const auto note = open_note(request->checkpoint, log->keys);
  if (!note) return unsigned_by_log();
  const std::lock_guard lock(log->mutex);
  return advance(*log, *note, *request);
}

Witness::Answer Witness::advance(Log& log, const Note& note, const AddCheckpoint& request) {
  const Checkpoint next = parse_checkpoint_text(note.text).value();
  const std::uint64_t old_size = log.last ? log.last->size : 0;
  const Hash& old_root = log.last ? log.last->root : empty_root();
  if (request.old_size > next.size) {
    return refusal(Verdict::malformed, invalid("witness.old-size"));
  }
  if (!healthy_) return refusal(Verdict::failed, {Errc::unavailable, "witness.storage", {}, {}});
  if (request.old_size != old_size ||
      (log.last && next.size == old_size && next.root != old_root)) {
    return refuse_conflict(log, next, note);
  }
  if (next.size == 0 && next.root != empty_root()) return inconsistent("no such empty tree");
  if (!verify_consistency(old_size, next.size, old_root, next.root, request.path)) {
    return inconsistent("bad consistency proof");
  }
  const std::int64_t now = clock_.now_ms() / 1000;
  if (now <= 0) return refusal(Verdict::failed, {Errc::unavailable, "witness.clock", {}, {}});
  Answer answer;
  answer.verdict = Verdict::cosigned;
  answer.lines = cosignature_line(note.text, static_cast<std::uint64_t>(now), name_, key_);
  WitnessRecord record = log.record;
  if (!log.last) record.since = static_cast<std::uint64_t>(now);
  record.note = rewritten(note, answer.lines);
  // The one place a cosignature is let go: never before the record that forbids its opposite is
  // durable. After an error nobody knows which record the disk holds, so no log moves any more; the
  // next start reads what is there.
  if (auto stored = store_->write(log.hash, format_witness_record(record)); !stored) {
    healthy_ = false;
    return refusal(Verdict::failed, stored.error());
  }
  log.record = std::move(record);
  log.last = next;
  log.at = static_cast<std::uint64_t>(now);
  return answer;
}

Witness::Answer Witness::refuse_conflict(Log& log, const Checkpoint& next, const Note& note) {
  // The log's own signatures on two trees of one size need no further proof; one pair is enough.
  if (log.last && next.size == log.last->size && next.root != log.last->root && !log.fork) {
    log.fork = log.record.note + "\n" + rewritten(note, {});
    if (!store_->write(log.hash + std::string(fork_suffix), *log.fork)) healthy_ = false;
  }
  Answer answer;
  answer.verdict = Verdict::conflict;
  answer.size = log.last ? log.last->size : 0;
  return answer;
}

std::vector<Witness::Watched> Witness::watched() const {
  std::vector<Watched> all;
  for (const auto& log : logs_) {
    const std::lock_guard lock(log->mutex);
    Watched& one = all.emplace_back();
    one.origin = log->origin;
    for (const NoteVerifier& key : log->keys) one.vkeys.push_back(key.text());
    one.last = log->last;
    one.since = log->record.since;
    one.at = log->at;
    one.forked = log->fork.has_value();
  }
  return all;
}

Witness::Log* Witness::find_hash(std::string_view origin_hash) const {
  const auto found = std::find_if(logs_.begin(), logs_.end(),
                                  [&](const auto& log) { return log->hash == origin_hash; });
  return found == logs_.end() ? nullptr : found->get();
}

std::optional<std::string> Witness::checkpoint(std::string_view origin_hash) const {
  const Log* const log = find_hash(origin_hash);
  if (log == nullptr) return std::nullopt;
  const std::lock_guard lock(log->mutex);
  if (!log->last) return std::nullopt;
  return log->record.note;
}

std::optional<std::string> Witness::fork(std::string_view origin_hash) const {
  const Log* const log = find_hash(origin_hash);
  if (log == nullptr) return std::nullopt;
  const std::lock_guard lock(log->mutex);
  return log->fork;
}

}  // namespace nguon::ledger
