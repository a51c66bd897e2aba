#pragma once

#include "ledger/apply/engine.hpp"

#include <map>
#include <string>
#include <vector>

namespace nguon::ledger {

/// The public state in a map.
class MemoryState final : public StateReader {
 public:
  Result<std::optional<std::string>> get(std::string_view key) const override {
    if (broken) return Error{Errc::unavailable, "store.io", {}, "made to fail"};
    const auto found = values.find(key);
    if (found == values.end()) return std::optional<std::string>();
    return std::optional<std::string>(found->second);
  }

  void take(const std::vector<Change>& changes) {
    for (const auto& change : changes) {
      if (change.value) {
        values.insert_or_assign(change.key, *change.value);
      } else {
        values.erase(change.key);
      }
    }
  }

  std::map<std::string, std::string, std::less<>> values;
  bool broken = false;
};

}  // namespace nguon::ledger
