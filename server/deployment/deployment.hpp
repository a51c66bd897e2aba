#pragma once

#include "labels/serial.hpp"
#include "ledger/base/clock.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/held_scan.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/state_scan.hpp"
#include "ledger/log/telemetry.hpp"
#include "ledger/store/store.hpp"
#include "server/deployment/keyring.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace nguon::server {

/// Where a deployment keeps what: `keys/`, `database/`, `blobs/` and `anchor` in its data directory.
/// Each may be a link to another disk; the anchor gains most from that.
struct Places {
  std::string data;

  std::string keys() const { return data + "/keys"; }
  std::string database() const { return data + "/database"; }
  std::string anchor() const { return data + "/anchor"; }
  std::string blobs() const { return data + "/blobs"; }  ///< Photos and documents.
};

struct DeploymentOptions {
  std::size_t queue_length = 4096;
  std::uint64_t free_space_reserve = 512 << 20;
  std::uint64_t memory = 128 << 20;
  /// What `recorded` is read from.
  std::shared_ptr<const ledger::Clock> clock = std::make_shared<ledger::SystemClock>();
  /// Called from any thread when signing has stopped (DESIGN invariant 7): end the process soon.
  std::function<void(const ledger::Error&)> on_fatal = [](const ledger::Error&) {};
};

/// A ledger with everything under it: store, anchor, clock and keys. Owns them.
class Deployment {
 public:
  /// The ordinary start. Errors: those of read_keyring, `anchor.*`, `store.*`, `start.*`.
  static ledger::Result<std::unique_ptr<Deployment>> open(const Places& places,
                                                          const DeploymentOptions& options);
  /// Writes index 0 into an empty data directory with these keys, which the caller has already
  /// written there. Errors as above, and `start.*` when there is a log already.
  static ledger::Result<void> initialise(const Places& places, const DeploymentOptions& options,
                                         const std::string& genesis);

  ledger::Ledger& ledger() { return *ledger_; }
  /// All public state of a kind at once, which the ledger gives row by row. The deployment outlives
  /// it.
  ledger::StateScan state_scan() const { return ledger::state_scan(*store_); }
  /// What is held of revoked keys. The deployment outlives it.
  ledger::HeldScan held_scan() const { return ledger::held_scan(*store_); }
  /// Where counts are kept beside the log. The deployment outlives it.
  ledger::Telemetry telemetry() { return ledger::Telemetry(*store_); }
  const labels::SerialCodec& serials() const { return *serials_; }
  /// The store's files, held still to be copied; without a row whose erasure was answered before.
  /// Errors: Errc::too_busy while an erasure is under way or somebody else holds them; `store.*`.
  ledger::Result<std::unique_ptr<ledger::FrozenFiles>> freeze();
  /// By epoch; never empty.
  const std::map<unsigned, labels::SerialKey>& serial_keys() const { return serial_keys_; }

 private:
  Deployment() = default;

  // Destroyed from the last to the first: the ledger before what it stands on.
  std::shared_ptr<const ledger::Clock> clock_;
  std::unique_ptr<ledger::Store> store_;
  std::unique_ptr<ledger::FileAnchor> anchor_;
  std::map<unsigned, labels::SerialKey> serial_keys_;
  std::unique_ptr<labels::SerialCodec> serials_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace nguon::server
