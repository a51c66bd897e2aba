#include "ledger/log/state_overlay.hpp"

#include "ledger/store/keys.hpp"

namespace nguon::ledger {

Result<std::optional<std::string>> StateOverlay::get(std::string_view key) const {
  if (const auto found = pending_.find(key); found != pending_.end()) return found->second;
  const std::string name(key);
  if (const auto* known = recent_.find(name)) return *known;
  NGUON_TRY(auto value, store_.get(Family::state, keys::state(log_, key)));
  return recent_.put(name, std::move(value));
}

void StateOverlay::add(std::vector<Change> changes) {
  const auto size = [](const std::optional<std::string>& value) {
    return value ? value->size() : 0;
  };
  for (Change& change : changes) {
    const auto [row, fresh] = pending_.try_emplace(std::move(change.key));
    pending_size_ += fresh ? keys::state(log_, row->first).size() : 0;
    pending_size_ -= size(row->second);
    row->second = std::move(change.value);
    pending_size_ += size(row->second);
  }
}

void StateOverlay::flush(WriteBatch& batch) {
  for (auto& [key, value] : pending_) {
    if (value) {
      batch.put(Family::state, keys::state(log_, key), *value);
    } else {
      batch.erase(Family::state, keys::state(log_, key));
    }
    recent_.put(key, std::move(value));
  }
  pending_.clear();
  pending_size_ = 0;
}

}  // namespace nguon::ledger
