#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/entry/key_change.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/log_signer.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/tile_tree.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nguon::ledger {

/// The keys that speak of a log at one size, private halves at hand. Immutable; thread-safe.
struct Signing {
  struct Line {
    NoteVerifier name;
    std::shared_ptr<const LogSigner> signer;
  };
  std::string origin;
  std::vector<Line> log;  ///< Of each log key in force, oldest first; never empty.
  std::shared_ptr<const PrivateKey> service;  ///< The newest in force; never null.

  std::vector<NoteVerifier> verifiers() const;
};

/// The keys in force for trees of `size` leaves. Errors: `start.keys` (Errc::unavailable) names the
/// first whose private half the stock does not hold.
Result<std::shared_ptr<const Signing>> find_signing(const SignersRecord& signers,
                                                    const std::string& origin, std::uint64_t size,
                                                    const KeyStock& stock);

/// The signed note: one line per log key in force. Errors: the signer's.
Result<std::string> sign_checkpoint(std::uint64_t size, const Hash& root, const Signing& signing);

/// A log in which a `log.keys` is about to be logged.
struct ChangingLog {
  const SignersRecord& signers;  ///< As they were before it.
  const std::string& origin;
  const TileTree& tree;
  std::function<Result<PublicKey>(const std::string& kid)> key_of;
};

/// That `before` is a checkpoint of this very log by a log key in force at its size, and its path
/// that of index 0. Errors: `keys.before`, `store.*`.
Result<void> check_before(const KeyChange::Before& before, const ChangingLog& log);

}  // namespace nguon::ledger
