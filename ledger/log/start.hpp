#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/base/clock.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/tile_tree.hpp"
#include "ledger/store/store.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// What the start path found to be sound.
struct Start {
  TreeHead head;
  CompactRange range;
  std::unique_ptr<TileTree> tree;
  DeploymentRecord deployment;
  RulesRecord rules;
  SignersRecord signers;
  OriginsRecord origins;
  bool purge_due = false;
};

/// Invariant 5, and the recovery of invariant 7: the stored head against the stored tiles and
/// leaves, then against the anchor; a database ahead of its anchor is finished by moving the
/// anchor, one of an older format brought up. Errors: `start.not-initialised`,
/// `start.behind-anchor`, `start.root-differs` (both print both heads), `start.no-anchor`,
/// `start.rows-missing`, `anchor.*`, `store.*`.
Result<Start> check_start(Store& store, Anchor& anchor, std::uint32_t log);

/// Commits a rule bundle, then index 0, then anchors it. The store must be empty.
/// Errors: `start.initialised`, `genesis.*`, `store.*`, `anchor.*`.
Result<void> write_genesis(Store& store, Anchor& anchor, const Clock& clock, const LedgerKeys& keys,
                           std::uint32_t log, const std::string& genesis,
                           std::string_view bundle_text);

/// The stored head, absent in an empty store. Errors: `store.*`.
Result<std::optional<TreeHead>> stored_head(const Store& store, std::uint32_t log);

/// The right edge of the tree at `size`, for a Batcher to go on from.
Result<CompactRange> compact_range(const TileTree& tree, std::uint64_t size);

/// `<size> <root>` as both are shown to people: decimal and base64.
std::string show(const TreeHead& head);

}  // namespace nguon::ledger
