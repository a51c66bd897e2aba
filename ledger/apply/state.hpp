#pragma once

#include "ledger/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Read access to the public state as of the entry being applied. Keys and values:
/// ledger/apply/keys.hpp and FORMAT.md "State". Not thread-safe: one reader per applying thread.
class StateReader {
 public:
  virtual ~StateReader() = default;
  /// Absent when nothing is stored there. Errors only when storage fails (corrupt, unavailable).
  virtual Result<std::optional<std::string>> get(std::string_view key) const = 0;
};

}  // namespace nguon::ledger
