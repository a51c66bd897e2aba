#include "ledger/store/store.hpp"

namespace nguon::ledger {

void WriteBatch::put(Family family, std::string key, std::string value) {
  size_ += key.size() + value.size();
  writes_.push_back({family, std::move(key), std::move(value)});
}

void WriteBatch::erase(Family family, std::string key) {
  size_ += key.size();
  writes_.push_back({family, std::move(key), std::nullopt});
}

Result<std::unique_ptr<FrozenFiles>> Store::freeze(std::chrono::milliseconds) {
  return Error{Errc::unavailable, "store.no-files", {}, "this store keeps no files of its own"};
}

}  // namespace nguon::ledger
