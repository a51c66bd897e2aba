#pragma once

#include "ledger/base/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// The folder of files that a witness must never lose: one process at a time, every file replaced
/// whole and durably. Reading and writing different names is thread-safe.
class WitnessStore {
 public:
  /// Locks `folder`, which must exist, until destruction, and makes durable what an earlier process
  /// may have left half synced. Errors: `witness.state` (Errc::unavailable) when it is missing or
  /// locked; `witness.storage`.
  static Result<std::unique_ptr<WitnessStore>> open(const std::string& folder);
  ~WitnessStore();
  WitnessStore(const WitnessStore&) = delete;
  WitnessStore& operator=(const WitnessStore&) = delete;

  /// The whole file, ≤ 1 MiB; absent when there is none. Errors: `witness.storage`.
  Result<std::optional<std::string>> read(const std::string& name) const;
  /// Durable on return, and whole whatever happens on the way. An error (`witness.storage`) means
  /// that the old or the new content may be there: stop.
  Result<void> write(const std::string& name, std::string_view octets);

 private:
  WitnessStore(std::string folder, int directory);
  const std::string folder_;
  const int directory_;
};

}  // namespace nguon::ledger
