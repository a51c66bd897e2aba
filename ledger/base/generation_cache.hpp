#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace nguon::ledger {

/// A bounded map that forgets what was not used lately: when the young half is full it becomes the
/// old half and the former old half goes. Holds at most 2 × `half` values. Not thread-safe.
template <class Value, class Key = std::string>
class GenerationCache {
 public:
  explicit GenerationCache(std::size_t half) : half_(half) {}

  /// Valid until the next put(), find() or forget(); null when unknown.
  const Value* find(const Key& key) {
    if (const auto found = young_.find(key); found != young_.end()) return &found->second;
    const auto found = old_.find(key);
    if (found == old_.end()) return nullptr;
    Value value = std::move(found->second);
    old_.erase(found);
    return &put(key, std::move(value));
  }
  const Value& put(const Key& key, Value value) {
    if (young_.size() >= half_) {
      old_ = std::move(young_);
      young_ = {};
    }
    return young_.insert_or_assign(key, std::move(value)).first->second;
  }
  void forget(const Key& key) {
    young_.erase(key);
    old_.erase(key);
  }

 private:
  std::size_t half_;
  std::unordered_map<Key, Value> young_;
  std::unordered_map<Key, Value> old_;
};

}  // namespace nguon::ledger
