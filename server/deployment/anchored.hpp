#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"

#include <optional>
#include <string>

namespace nguon::server {

/// The newest head that may have been signed, by the anchor file at `path`; absent when there is no
/// file or nothing in it. Never makes one. Read before a database is opened, it is not ahead of
/// that. Errors: `anchor.*`.
ledger::Result<std::optional<ledger::Anchor::Head>> read_anchor(const std::string& path);

}  // namespace nguon::server
