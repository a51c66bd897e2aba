#pragma once

#include "ledger/base/generation_cache.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/log/batcher.hpp"
#include "ledger/log/cosigned.hpp"
#include "ledger/log/head_desk.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/purger.hpp"
#include "ledger/log/releaser.hpp"
#include "ledger/log/rule_book.hpp"
#include "ledger/log/sequencer.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/vault.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace nguon::ledger {

/// The parts of a running ledger, in the order they are built.
class Ledger::Impl {
 public:
  Impl(Store& store, Anchor& anchor, const Clock& clock, LedgerKeys keys, LedgerOptions options,
       std::shared_ptr<const Signing> signing, Start start);
  /// Purger first, as it writes through the sequencer; then what is queued is finished.
  ~Impl();

  /// Puts the stored rules in force and starts the threads.
  Result<void> begin();
  /// Layer 1 on the caller's thread.
  Admission admit(std::string_view body, std::string_view expected_id);
  /// The answer to a validly signed entry that admission turned down.
  void reject(const Rejection& rejection, Done done);
  Result<std::vector<std::uint64_t>> indexes(const std::string& prefix, std::uint64_t first,
                                             std::size_t limit) const;

  Store& store;
  Anchor& anchor;
  const Clock& clock;
  const LedgerOptions options;
  const LedgerKeys keys;
  const DeploymentRecord deployment;
  const OriginsRecord origins;
  const std::unique_ptr<TileTree> tree;
  Vault vault;
  RuleBook rules;
  std::unique_ptr<Releaser> releaser;
  std::unique_ptr<HeadDesk> heads;
  std::unique_ptr<Purger> purger;
  std::unique_ptr<Sequencer> sequencer;
  CosignedBook cosigned;

  std::mutex publishing;  // Guards the two below.
  std::string published;
  std::chrono::steady_clock::time_point published_at;

 private:
  Result<std::optional<PublicKey>> key_of(std::string_view kid);

  const Start start_;
  const std::shared_ptr<const Signing> signing_;  // In force at start.
  Batcher batcher_;
  const KeyResolver key_resolver_;
  std::mutex enrolled_mutex_;  // Guards enrolled_.
  GenerationCache<PublicKey> enrolled_{4096};
};

}  // namespace nguon::ledger
