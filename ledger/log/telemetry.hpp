#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Rows beside the log that no proof covers and no rule reads (DESIGN §8): what was counted, not
/// what was said. Keys come and go without the log's number. Thread-safe.
class Telemetry {
 public:
  /// Of log `number` in `store`, which outlives it.
  explicit Telemetry(Store& store, std::uint32_t number = 0) : store_(store), number_(number) {}

  /// Errors of both: `store.*`.
  Result<std::optional<std::string>> get(std::string_view key) const;
  /// Visits rows whose key begins with `prefix`, in byte order on one snapshot, until `visit`
  /// returns false.
  Result<void> scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;

  /// One change of a row: its new value, or none to take it away.
  struct Change {
    std::string key;
    std::optional<std::string> value;
  };
  /// Together and durable, in batches as large as the store takes. Errors: `telemetry.busy`
  /// (Errc::too_busy: the log grew faster than this could be written; nothing of the last batch
  /// was), `store.io`.
  Result<void> write(const std::vector<Change>& changes) const;

 private:
  Store& store_;
  const std::uint32_t number_;
};

}  // namespace nguon::ledger
