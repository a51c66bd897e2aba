#pragma once

#include "ledger/apply/engine.hpp"
#include "ledger/apply/state.hpp"
#include "ledger/base/generation_cache.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// The public state as the sequencer sees it: this batch's changes over lately used values over the
/// store. Owned by the sequencer's thread.
class StateOverlay final : public StateReader {
 public:
  StateOverlay(const Store& store, std::uint32_t log) : store_(store), log_(log) {}

  Result<std::optional<std::string>> get(std::string_view key) const override;
  /// Makes one entry's changes visible to the next.
  void add(std::vector<Change> changes);
  /// Key and value octets that flush() would write.
  std::size_t pending_size() const { return pending_size_; }
  /// Writes what the batch changed, each key once, and starts over: call when the batch is closed.
  void flush(WriteBatch& batch);

 private:
  const Store& store_;
  const std::uint32_t log_;
  std::map<std::string, std::optional<std::string>, std::less<>> pending_;
  std::size_t pending_size_ = 0;
  mutable GenerationCache<std::optional<std::string>> recent_{16384};
};

}  // namespace nguon::ledger
