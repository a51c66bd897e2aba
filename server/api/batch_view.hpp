#pragma once

#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/api/batches.hpp"

namespace nguon::server {

/// The BatchView of a running log: what the trace puts together about one batch today, as one
/// object
/// `{sub, batch, product, maker, holder, origin, packed, ocop, certificates, recalls}`. Records are
/// the public state (ledger/FORMAT.md "State"). The references outlive the result.
BatchView batch_view(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                     const ledger::Clock& clock);

}  // namespace nguon::server
