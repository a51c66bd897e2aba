#pragma once

#include "ledger/entry/jws.hpp"
#include "ledger/log/ledger.hpp"
#include "server/session/viewer.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace nguon::server {

/// Whose key that is, as the log says now; absent when it knows none of that name, it has ended, or
/// it is no person's. Errors: `store.*`.
ledger::Result<std::optional<Viewer>> living_key(const ledger::Ledger& ledger,
                                                 const std::string& kid);

/// The same for a session that no signature of that key opened: absent also where the person was
/// erased or has left that organisation by today, or the organisation is suspended or dissolved.
ledger::Result<std::optional<Viewer>> may_read_by_passkey(const ledger::Ledger& ledger,
                                                          const std::string& kid,
                                                          std::int64_t now_ms);

/// Who signed a statement that is no entry. Errors: `rule` (Errc::forbidden, at /kid) where
/// living_key() is absent; `jws.alg`, `jws.signature`; `store.*`.
ledger::Result<Viewer> signer_of(const ledger::Ledger& ledger, const ledger::Jws& jws,
                                 const char* rule);

}  // namespace nguon::server
