#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/cosigned.hpp"
#include "ledger/log/log_signer.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/subject_head.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// What became of one submission (DESIGN §4). Exactly one is handed to the submitter.
struct Outcome {
  enum class Kind {
    created,   ///< Logged now: 201, `statement` is the receipt.
    repeated,  ///< The same entry again: 200, a receipt with the same index, recorded and id.
    held,      ///< Signed by a revoked key: 202, `statement` is the held note.
    refused,   ///< Validly signed, not acceptable: 422, `statement` is the signed refusal.
    conflict,  ///< Stale strict head, or its jti names another entry: 409, a signed conflict
               ///< statement.
    error,     ///< Nothing was decided or written; `error.code` says which kind. Unsigned.
  };
  Kind kind = Kind::error;
  std::string statement;  ///< Receipt or service-signed compact JWS; empty for `error`.
  Error error;            ///< Why, for every kind but created, repeated and held.
};

/// One logged entry as its leaf holds it.
struct Leaf {
  std::uint64_t index = 0;
  std::int64_t recorded = 0;  ///< The operator's clock, Unix ms: shown, never trusted for order.
  std::string jws;
};

/// A tree head: the number of leaves and the RFC 6962 root over them.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root;

  bool operator==(const TreeHead&) const = default;
};

/// Inclusion of one leaf under the newest checkpoint that was signed.
struct InclusionProof {
  std::uint64_t index = 0;
  std::vector<Hash> path;
  std::string checkpoint;  ///< Signed note.
};

/// The newest head that was signed.
struct SignedHead {
  TreeHead head;
  std::string checkpoint;  ///< Signed note.
};

/// The keys a running ledger signs with: those that its state says are in force. A log key signs
/// checkpoints and nothing else.
struct LedgerKeys {
  std::shared_ptr<const KeyStock> stock;
  std::string vault;  ///< 32 octets that wrap persons' keys; never in the store.
};

struct LedgerOptions {
  std::uint32_t log_number = 0;
  std::size_t queue_length = 8192;               ///< Submissions waiting; more get too_busy.
  std::uint64_t free_space_reserve = 256 << 20;  ///< Octets below which appends are refused.
  std::string data_directory;                    ///< Whose file system the reserve is measured on.
  /// Called once, from any thread, when signing has stopped (invariant 7): end the process soon.
  std::function<void(const Error&)> on_fatal = [](const Error&) {};
};

/// A moment's view for metrics.
struct LedgerStatistics {
  StoreStatistics store;
  std::size_t waiting = 0;       ///< Admitted entries that wait to be logged.
  std::uint64_t free_space = 0;  ///< Octets left where the data directory is; 0 when unknown.
};

/// The log with its state and indexes: one sequencer thread, many readers. All members are
/// thread-safe.
class Ledger {
 public:
  using Done = std::function<void(Outcome)>;

  /// The ordinary start path, also after a crash: checks store against anchor (invariant 5),
  /// finishes what was durable but not yet released, starts the sequencer. Errors:
  /// `start.behind-anchor`, `start.root-differs`, `store.*`, `start.not-initialised`. Everything
  /// passed by reference outlives the Ledger.
  static Result<std::unique_ptr<Ledger>> open(Store& store, Anchor& anchor, const Clock& clock,
                                              LedgerKeys keys, LedgerOptions options);
  /// Writes index 0 into an empty store. `genesis` must be a self-signed genesis entry (FORMAT.md).
  static Result<void> initialise(Store& store, Anchor& anchor, const Clock& clock,
                                 const LedgerKeys& keys, const LedgerOptions& options,
                                 const std::string& genesis, std::string_view bundle_text);
  ~Ledger();

  // Writing. Admission runs on the calling thread, `done` on the sequencer thread or, when nothing
  // had to be sequenced, on the calling thread; it must not block.
  /// `body` is the SD-JWT; `expected_id` the entry id of the URL, empty for none.
  void submit(std::string_view body, std::string_view expected_id, Done done);
  /// The same, waiting for the outcome.
  Outcome submit_and_wait(std::string_view body, std::string_view expected_id = {});

  /// Keeps the text of a rule bundle, so that a `rules.activate` may name it. Errors:
  /// `rules.bundle`.
  Result<void> add_rules(std::string_view bundle_text);

  // Identity.
  const std::string& origin() const;  ///< `<log host>/log/<n>`, the name in force.
  /// Whether that is the name in force or one before a succession.
  bool bears(std::string_view origin) const;
  const std::string& deployment_id() const;  ///< Entry id of index 0: every entry's `aud`.
  std::string log_vkey() const;              ///< C2SP verifier key of the log, the newest in force.
  /// What is served of a log that this one succeeded; absent when it is none of its predecessors.
  struct Predecessor {
    std::uint64_t size = 0;  ///< Leaves that remained: this log's first ones.
    std::string last;        ///< Its newest checkpoint that anybody had kept, a signed note.
  };
  Result<std::optional<Predecessor>> predecessor(std::string_view number) const;
  /// All log keys in force: each signs every checkpoint.
  std::vector<NoteVerifier> log_keys() const;
  /// The service key in force; it signs the entries that the deployment itself makes.
  std::shared_ptr<const PrivateKey> service_key() const;
  /// "We do not know this code", as of the released head and Unix second `at` (FORMAT.md
  /// "Statements"). The caller found no label of `serial`.
  std::string never_issued(std::string_view serial, std::int64_t at) const;
  /// The keys of the log and how long each speaks for it (FORMAT.md "Change of keys").
  Result<std::string> keys_text() const;
  bool ready() const;  ///< False once storage failed: signing has stopped.
  LedgerStatistics statistics() const;

  // Reading the log. Sizes and indexes at or beyond the released size are `not_found`.
  TreeHead head() const;     ///< Newest released head.
  std::string checkpoint();  ///< Signed note, ≤ 1 s behind head().
  Result<std::string> tile(unsigned level, std::uint64_t number, unsigned width) const;
  Result<std::string> entry_bundle(std::uint64_t number, unsigned width) const;
  SignedHead signed_head() const;
  Result<InclusionProof> inclusion(std::uint64_t index) const;
  /// RFC 6962 §2.1.1: the same under an older head; index < size ≤ head().size.
  Result<std::vector<Hash>> inclusion_path(std::uint64_t index, std::uint64_t size) const;
  /// What these leaves lack of the root at `size` (see merkle_proof.hpp). Errors: as
  /// inclusion_path().
  Result<std::vector<Hash>> joint_path(std::span<const std::uint64_t> indexes,
                                       std::uint64_t size) const;
  /// The RFC 6962 root over the first `size` entries, size ≤ head().size.
  Result<Hash> root(std::uint64_t size) const;
  Result<std::vector<Hash>> consistency(std::uint64_t from_size, std::uint64_t to_size) const;
  Result<Leaf> leaf(std::uint64_t index) const;
  Result<std::optional<Leaf>> find(std::string_view entry_id) const;
  /// A fresh receipt for a logged entry.
  Result<std::string> receipt(std::uint64_t index) const;
  /// Witnesses' lines for a checkpoint of this log, and what they say of an entry's time.
  CosignedBook& cosigned() const;
  /// The text of the rule bundle with this SHA-256 (hex), if it was ever activated.
  Result<std::optional<std::string>> rules(std::string_view sha256_hex) const;

  // Reading what the log says.
  /// One public state value as of the released head; keys: ledger/apply/keys.hpp.
  Result<std::optional<std::string>> state(std::string_view key) const;
  /// Visits the public state rows whose key begins with `prefix` ("site/"), in byte order on one
  /// snapshot no older than head(), until `visit` returns false; the key comes without the log's
  /// number. Errors: `store.*`.
  Result<void> scan_state(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  /// Log indexes of the subject's entries, oldest first, from its `first`-th (0-based), ≤ `limit`.
  Result<std::vector<std::uint64_t>> history(std::string_view sub, std::uint64_t first,
                                             std::size_t limit) const;
  /// How many entries the subject has in the released log and the root over their ids, signed by
  /// the service (FORMAT.md "Subject heads"). Errors of these three: `subject.unknown`, `store.*`.
  Result<HeadStatement> subject_head(const std::string& sub) const;
  /// Entries 256·page … 256·page + 255 of the subject, as far as there are; all of them up to the
  /// head's count give its root. Errors: `subject.page` beyond the last.
  Result<std::vector<SubjectEntry>> subject_entries(const std::string& sub,
                                                    std::uint64_t page) const;
  /// That one entry is among them. Errors: `entry.not-found`.
  Result<SubjectProof> subject_proof(const std::string& sub, const std::string& entry_id) const;
  /// Subjects' entries that consumed `sub` by `from`: their log indexes, oldest first, ≤ `limit`.
  Result<std::vector<std::uint64_t>> consumers(std::string_view sub, std::size_t limit) const;
  /// True while erased values may still be found in the store's files.
  bool purging() const;
  /// The disclosures still held of one entry, opened. Erased ones are missing.
  Result<std::vector<Disclosure>> disclosures(std::string_view entry_id) const;

 private:
  class Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace nguon::ledger
