#pragma once

#include "ledger/log/ledger.hpp"
#include "ledger/trace/source.hpp"
#include "ledger/trace/views.hpp"
#include "server/geo/grid.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nguon::server {

// Where a site lies is private; what everybody may know is its commune, and which cell of a grid far
// wider than a kilometre it lies in. This is the one way from the first to the second: who draws a
// map gets cells and never a position.

/// A site's cell, and the entry whose private value says so.
struct KnownCell {
  std::string entry;
  GridCell cell;

  bool operator==(const KnownCell&) const = default;
};

/// Cells of those `sites` that lie in the commune of the first: of each by its newest record, which
/// counts alone, also once its point or boundary was erased; one that cannot be opened is none. What
/// is public is read through `source`, which is `ledger`'s. Looks at the first `most`: each opens a
/// private value, and every page of a batch waits for it when the log has grown. Errors: `store.*`.
ledger::Result<std::vector<KnownCell>> known_cells(const ledger::Ledger& ledger,
                                                   const ledger::trace::Source& source,
                                                   std::span<const ledger::trace::SiteView> sites,
                                                   std::size_t most = 3);

/// Whether the private values still say so: an erasure of a person is read in none of the sites'
/// own entries. Errors: `store.*`.
ledger::Result<bool> still_known(const ledger::Ledger& ledger, std::span<const KnownCell> cells);

}  // namespace nguon::server
