#pragma once

#include "ledger/keys/key.hpp"
#include "ledger/log/ledger.hpp"
#include "server/deployment/deployment.hpp"

#include <string>

namespace nguon::server {

struct SuccessorReport {
  std::string origin;      ///< The name from now on.
  std::uint64_t kept = 0;  ///< Leaves that remained: indexes 0 … kept − 1 are in both logs.
  std::uint64_t lost = 0;  ///< How many more the anchor, or the last checkpoint, speaks of.
};

/// Opens a successor of a log whose database is behind its anchor (FORMAT.md "Successor log"): logs
/// the `log.succeed` by `root`, which carries `last`, the newest checkpoint anybody kept, then
/// moves the anchor. No service may run. Run again after a crash it finishes. Errors:
/// `succeed.not-lost` when nothing is, `succeed.last` when `last` is none of this log's, those of
/// append_unsigned().
ledger::Result<SuccessorReport> open_successor(const Places& places, const ledger::PrivateKey& root,
                                               const std::string& last);

}  // namespace nguon::server
