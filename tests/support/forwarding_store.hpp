#pragma once

#include "ledger/store/store.hpp"

namespace nguon::tests {

/// A real store seen through a window: a test overrides what it wants to watch or to break.
class ForwardingStore : public ledger::Store {
 public:
  explicit ForwardingStore(ledger::Store& real) : real_(real) {}

  ledger::Result<std::optional<std::string>> get(ledger::Family family,
                                                 std::string_view key) const override {
    return real_.get(family, key);
  }
  ledger::Result<std::vector<std::optional<std::string>>> multi_get(
      ledger::Family family, const std::vector<std::string>& keys) const override {
    return real_.multi_get(family, keys);
  }
  ledger::Result<void> scan(
      ledger::Family family, std::string_view first, std::string_view last,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return real_.scan(family, first, last, visit);
  }
  ledger::Commit commit(const ledger::WriteBatch& batch, std::string_view head) override {
    return real_.commit(batch, head);
  }
  ledger::Result<void> purge(ledger::Family family) override { return real_.purge(family); }
  ledger::Result<void> verify_checksums() const override { return real_.verify_checksums(); }
  bool stalled() const override { return real_.stalled(); }
  ledger::StoreStatistics statistics() const override { return real_.statistics(); }

  ledger::Result<std::unique_ptr<ledger::FrozenFiles>> freeze(
      std::chrono::milliseconds patience) override {
    return real_.freeze(patience);
  }

 private:
  ledger::Store& real_;
};

}  // namespace nguon::tests
