#pragma once

#include "ledger/apply/codec.hpp"
#include "ledger/apply/state.hpp"

namespace nguon::ledger {

/// The record under `key`, absent when there is none. Errors: the reader's, and `state.record`.
template <codec::Record T>
Result<std::optional<T>> read_record(const StateReader& state, std::string_view key) {
  NGUON_TRY(const auto bytes, state.get(key));
  if (!bytes) return std::optional<T>();
  NGUON_TRY(auto record, decode<T>(*bytes));
  return std::optional<T>(std::move(record));
}

}  // namespace nguon::ledger
