#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/apply/state.hpp"
#include "ledger/base/result.hpp"
#include "ledger/entry/key_change.hpp"

#include <cstdint>
#include <string>

namespace nguon::ledger {

/// What genesis says, as long as no `log.keys` said more.
SignersRecord initial_signers(const DeploymentRecord& deployment);

/// The record in force; a log without it says what its genesis does. Errors: storage's.
Result<SignersRecord> read_signers(const StateReader& state);

/// The names of the log, oldest first, never empty. Errors: storage's.
Result<OriginsRecord> read_origins(const StateReader& state);

/// Whether `kid` is a root key not retired, or a recovery key.
bool is_in_charge(const SignersRecord& signers, const std::string& kid);

/// The rules of `log.keys` but for its proofs: what `by`, the signer of the entry at `index`, may
/// change, one or two keys of each use left in force. Asked by apply and by every reader who
/// follows a change. Errors: `keys.signer`, `keys.root`, `keys.retire`, `keys.bound`, `keys.last`,
/// `keys.too-many`.
Result<void> change_signers(SignersRecord& signers, const std::string& by, std::uint64_t index,
                            const KeyChange& change);

}  // namespace nguon::ledger
