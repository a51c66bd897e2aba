#pragma once

#include "ledger/store/store.hpp"
#include "tests/bench/deployment.hpp"

#include <memory>
#include <string>
#include <vector>

namespace nguon::bench {

/// What one piece of work takes, in microseconds.
struct Cost {
  double wall = 0;
  double cpu = 0;  ///< Of its thread: what other processes on the machine do is not in it.
};

/// What an append cannot do without, each part measured alone. The sum of wall times is the
/// ceiling.
struct AppendCost {
  Cost signatures;  ///< Per entry: one P-256 verify and one Ed25519 sign; `wall` on all cores at
                    ///< once, divided by their number.
  Cost alone;       ///< The same two, one after the other on one core with nothing on the others.
  Cost leaf_hash;   ///< Per entry, one thread.
  Cost commit;      ///< Per batch: the same keys and value sizes, written bare and synced.
  Cost anchor;      ///< Per batch: one anchor write, synced.

  /// Per entry when `in_flight` entries share a batch.
  Cost per_entry(std::size_t in_flight) const {
    const double share = 1 / static_cast<double>(in_flight);
    return {signatures.wall + leaf_hash.wall + (commit.wall + anchor.wall) * share,
            signatures.cpu + leaf_hash.cpu + (commit.cpu + anchor.cpu) * share};
  }
};

/// Measures the parts with the very bytes of this deployment. The bare store is a second RocksDB
/// with the same options, beside the deployment's on the same disk; it is given, through the same
/// Store interface, the rows that real batches wrote.
class Ceilings {
 public:
  /// Submits `sample` to the deployment and keeps the rows it writes.
  Ceilings(Deployment& deployment, const std::vector<std::string>& sample);
  /// One measurement of every part for batches of `in_flight` entries.
  AppendCost measure(std::size_t in_flight);

 private:
  Cost signatures(unsigned cores) const;
  Cost leaf_hash() const;
  Cost commit(std::size_t in_flight);
  Cost anchor();

  Deployment& deployment_;
  const std::string jws_;                        // One sample entry.
  std::vector<ledger::WriteBatch::Write> rows_;  // Of all sample entries, in order.
  std::size_t entries_;                          // Sample entries.
  std::uint32_t pass_ = 0;                       // Every pass writes new keys.
  std::unique_ptr<ledger::Store> bare_;
  std::unique_ptr<ledger::FileAnchor> bare_anchor_;
  std::uint64_t anchored_ = 0;
};

}  // namespace nguon::bench
