#pragma once

#include "ledger/entry/key_change.hpp"
#include "ledger/log/log_signer.hpp"
#include "tests/support/small_ledger.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nguon::tests {

/// The private halves a ledger has at the moment, to be added to, taken away, or to fail.
class HandStock final : public ledger::KeyStock {
 public:
  std::shared_ptr<const ledger::LogSigner> log_signer(const std::string& kid) const override;
  std::shared_ptr<const ledger::PrivateKey> service_key(const std::string& kid) const override;

  std::map<std::string, std::string> pems;  ///< By kid.
  std::atomic<bool> fail = false;           ///< Log signers answer `signer.down`.
};

/// A ledger whose keys are changed.
class ChangingKeys {
 public:
  ChangingKeys();

  /// The machine holds the key of that name from now on, or no more.
  void hold(std::string_view name);
  void drop(std::string_view name);

  using Added = std::vector<std::pair<ledger::KeyUse, std::string>>;
  /// A `log.keys` by `by` on the operator's newest entry, with before() unless another is given.
  ledger::MadeEntry change(std::string_view by, const Added& in,
                           const std::vector<std::string>& out = {},
                           std::optional<ledger::KeyChange::Before> before = {});
  /// The newest checkpoint and the path of index 0.
  ledger::KeyChange::Before before();

  std::shared_ptr<HandStock> stock = std::make_shared<HandStock>();
  SmallLedger small;
};

}  // namespace nguon::tests
