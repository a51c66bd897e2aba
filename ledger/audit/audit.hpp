#pragma once

#include "ledger/audit/seen_audit.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/folder.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/note.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace nguon::ledger {

struct AuditOptions {
  unsigned threads = 0;  ///< For signatures; 0: one per core.
  /// Called now and then on the calling thread; `total` 0: unknown.
  std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)> progress =
      [](std::string_view, std::uint64_t, std::uint64_t) {};
};

/// What was found to be whole.
struct AuditReport {
  TreeHead head;
  std::uint64_t state_keys = 0;  ///< Public state values the replay gave.
  std::uint64_t index_rows = 0;  ///< Rows of the public indexes it gave.
  std::uint64_t flagged = 0;     ///< Entries that carry flags.
  SeenReport seen;               ///< What devices had seen of this log: evidence, no divergence.
};

/// Derives everything again from the leaves and the rule bundles, and compares: checksums of every
/// file, leaf hashes, tiles, root, head, anchor; grammar and signature of every entry; state and
/// public indexes byte for byte, both ways (DESIGN §4 invariant 10). No private value is read. The
/// store may be open read-only and must not be written meanwhile; the replayed state is kept in
/// memory, about 2 KiB an entry. The first divergence is the Error, its field the place
/// (`/leaf/17`,
/// `/tile/0/3`, `/state/…`, `/index/…`), its detail the log index and both values: `audit.leaf`,
/// `audit.tile`, `audit.head`, `audit.anchor`, `audit.row`, `audit.bundle`, `audit.entry`,
/// `audit.replay`, `audit.state`, `audit.index` (all Errc::corrupt); `start.not-initialised`;
/// `store.*`.
Result<AuditReport> audit_store(const Store& store, std::uint32_t log,
                                const std::optional<Anchor::Head>& anchored,
                                const AuditOptions& options = {});

/// The same of a folder copy of `/log/<n>/`, trusting `log` alone: its checkpoint, its leaves,
/// those of its tiles that are there, and that the rules accept every entry. Errors: as above, and
/// `audit.checkpoint`, `folder.*`, `note.*`, `checkpoint.*`.
Result<AuditReport> audit_folder(const LogFolder& folder, const NoteVerifier& log,
                                 const AuditOptions& options = {});

}  // namespace nguon::ledger
