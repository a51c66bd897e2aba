#pragma once

#include "ledger/store/keys.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

namespace nguon::ledger {

/// Visits the public state rows whose key begins with a word and its slash ("site/"), in byte order
/// on one snapshot, until `visit` returns false; keys come without the log's number. Errors:
/// `store.*`. Thread-safe.
using StateScan = std::function<Result<void>(
    std::string_view prefix,
    const std::function<bool(std::string_view key, std::string_view value)>& visit)>;

/// Over the state of log `number` in `store`, which outlives it. For whoever needs all rows of a
/// kind; one row is asked of Ledger::state().
inline StateScan state_scan(const Store& store, std::uint32_t number = 0) {
  return [&store, number](std::string_view prefix, const auto& visit) {
    const std::string first = keys::state(number, prefix);
    return store.scan(Family::state, first, keys::after(first),
                      [&](std::string_view key, std::string_view value) {
                        return visit(key.substr(first.size() - prefix.size()), value);
                      });
  };
}

}  // namespace nguon::ledger
