#pragma once

#include "ledger/base/result.hpp"
#include "ledger/keys/key.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Signs the checkpoints of a log by one log key, and nothing else. A key of a file now; a process
/// of its own or a device may stand behind it, so it may fail and may take its time. Thread-safe.
class LogSigner {
 public:
  virtual ~LogSigner() = default;
  virtual const PublicKey& public_key() const = 0;
  /// Ed25519 over the checkpoint's text, 64 octets. An Error stops the log (invariant 7).
  virtual Result<std::string> sign(std::string_view text) const = 0;
};

/// Where a ledger finds the private halves of the keys that its state names. Asked at start and
/// when a `log.keys` is about to be logged, so it may look at a disk. Thread-safe.
class KeyStock {
 public:
  virtual ~KeyStock() = default;
  /// Null when it is not held.
  virtual std::shared_ptr<const LogSigner> log_signer(const std::string& kid) const = 0;
  virtual std::shared_ptr<const PrivateKey> service_key(const std::string& kid) const = 0;
};

/// A log key in memory.
std::shared_ptr<const LogSigner> sign_in_memory(PrivateKey key);

/// One log key and one service key in memory: what a deployment begins with.
std::shared_ptr<const KeyStock> hold_keys(PrivateKey log, PrivateKey service);

}  // namespace nguon::ledger
