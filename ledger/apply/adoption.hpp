#pragma once

#include "ledger/apply/work.hpp"

namespace nguon::ledger {

/// Opens an `entry.adopt`: the held entry inside becomes the effective one, under the adopter's
/// authority; the outer one is logged. `inner` must outlive `work`.
/// Errors: `adopt.entry` (not a validly signed entry of this log), `adopt.live` (its key is not
/// revoked: it can be sent as it is), `adopt.sub`, `adopt.from` (the outer claims repeat the inner
/// ones, so that indexes need not look inside), `adopt.again`, `adopt.kind`, `key.unknown`.
Result<void> open_adoption(Work& work, Entry& inner);

}  // namespace nguon::ledger
