#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/rule_book.hpp"
#include "ledger/log/shelves.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/state_overlay.hpp"
#include "ledger/log/subject_pager.hpp"
#include "ledger/log/tile_tree.hpp"
#include "ledger/log/vault.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nguon::ledger {

/// DESIGN §4: the most entries one batch may hold.
inline constexpr std::size_t max_batch_entries = 1024;

/// One admitted entry on its way through the sequencer.
struct Submission {
  Admitted admitted;
  Ledger::Done done;
  std::optional<std::int64_t> recorded = std::nullopt;  ///< A refilled leaf's; else the clock's.
};

/// What was decided about one submission; announced only once its batch is durable.
struct Decision {
  Outcome::Kind kind = Outcome::Kind::error;
  Error error;
  std::string entry_id;
  std::uint64_t index = 0;         ///< For created and repeated.
  std::int64_t recorded = 0;       ///< For created and repeated.
  std::vector<std::string> slots;  ///< For created and repeated.
  std::string head;                ///< For conflict.
  Ledger::Done done;
};

/// A batch ready to be committed, and the head it leads to.
struct Batch {
  WriteBatch writes;
  TreeHead head;  ///< After it.
  int engine = 0;
  std::shared_ptr<const Signing>
      signing;          ///< In force at `head`; null unless sign_by() was called.
  bool erases = false;  ///< A purge is due once it is durable.
  std::vector<Decision> decisions;
};

/// Turns waiting submissions into batches: idempotency, rules, leaves, tiles, indexes, private
/// rows. Owned by the sequencer's thread. Whatever assemble() returned must be committed before it
/// is called again, or the process must stop.
class Batcher {
 public:
  struct Parts {
    const Store& store;
    std::uint32_t log;
    const Clock& clock;
    TileTree& tree;
    Vault& vault;
    RuleBook& rules;
  };
  /// `head` is the stored head; an empty tree expects no stored head.
  Batcher(Parts parts, TreeHead head, CompactRange range);

  /// A log that signs: from here on it logs no change to keys that the stock does not hold, and
  /// each batch says which keys speak of it. The stock outlives the batcher.
  void sign_by(const KeyStock& stock, std::shared_ptr<const Signing> signing);

  /// Takes submissions off the front of `waiting` until 1,024 entries or 4 MiB. Errors: storage
  /// only; the decisions made so far are in `batch` even then, for their submitters wait.
  Result<void> assemble(std::deque<Submission>& waiting, Batch& batch);

 private:
  Result<Decision> decide(const Submission& submission, std::int64_t recorded, Batch& batch);
  Result<std::optional<Decision>> known(const Entry& entry, const Hash& scope);
  Result<void> take_keys(const Entry& entry, const Verdict& verdict);
  Result<PublicKey> key_of(const std::string& kid) const;
  Result<void> log(const Submission& submission, const Verdict& verdict, const Hash& scope,
                   std::int64_t recorded, Batch& batch);
  Result<Decision> hold(const Submission& submission, Batch& batch);
  Result<void> keep_rival(const Entry& entry, const Hash& scope, Batch& batch);
  Result<std::string> signer(const Entry& entry) const;
  Result<void> close(Batch& batch);

  const Parts parts_;
  StateOverlay state_;
  Shelves shelves_;
  SubjectPager pager_;
  TreeHead head_;
  const KeyStock* stock_ = nullptr;
  std::shared_ptr<const Signing> signing_;
  CompactRange range_;        // Second, independent computation of the root.
  std::vector<Hash> leaves_;  // Of the batch being assembled.
  std::unordered_map<std::string, std::string> jtis_;  // Of the batch: scope -> entry id.
  std::unordered_map<std::string, Decision> created_;  // Of the batch: by entry id.
};

}  // namespace nguon::ledger
