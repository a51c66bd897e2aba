#pragma once

#include "ledger/log/anchor.hpp"
#include "ledger/log/folder.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/note.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <span>

namespace nguon::ledger {

struct Recovery {
  TreeHead before;  ///< What the database held.
  TreeHead after;   ///< What it holds now: the folder's checkpoint.
  /// Private slots of the refilled entries without a value in the store: lost values and decoys,
  /// which the public claims do not tell apart.
  std::uint64_t unheld_slots = 0;
};

/// Refills a database that is behind its anchor from a folder copy of the log, by the rules, up to
/// 1,024 leaves and 4 MiB to a commit. First everything is checked and nothing written: the
/// folder's checkpoint is signed by one of `log`, its leaves give that root, the root at the
/// anchor's size is the anchor's, the root at the database's size is the database's. The private
/// values of what is refilled are lost, for no log holds them, but for those of held entries kept
/// in this database. `progress(done, total)` is called now and then. Interrupted, it can simply be
/// run again. Errors: `recover.folder-behind` (the folder ends before the anchor: what lies between
/// is lost, freeze this log and open a successor), `recover.root-differs`, `recover.entry`,
/// `folder.*`, `note.*`, `checkpoint.*`, `store.*`.
Result<Recovery> recover(Store& store, Anchor& anchor, const LogFolder& folder,
                         std::span<const NoteVerifier> log, const LedgerKeys& keys,
                         std::uint32_t log_number,
                         const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace nguon::ledger
