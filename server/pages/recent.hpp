#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nguon::server {

/// What was used last, by name. Thread-safe. Bounded: what was used longest ago goes first.
template <class Kept>
class Recent {
 public:
  using Shared = std::shared_ptr<const Kept>;

  explicit Recent(std::size_t most) : most_(most) {}

  /// Null when nothing of that name is kept.
  Shared find(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    if (place == places_.end()) return nullptr;
    newest_first_.splice(newest_first_.begin(), newest_first_, place->second);
    return place->second->second;
  }

  /// The same, without counting as use of it.
  Shared peek(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    return place == places_.end() ? nullptr : place->second->second;
  }

  /// Those used last, newest first.
  std::vector<Shared> newest(std::size_t most) {
    std::vector<Shared> found;
    const std::scoped_lock lock(mutex_);
    for (const auto& [name, kept] : newest_first_) {
      if (found.size() == most) break;
      found.push_back(kept);
    }
    return found;
  }

  /// In the place of what has that name, if anything has; without counting as use of it.
  void replace(std::string_view name, Shared kept) {
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(name);
    if (place != places_.end()) place->second->second.swap(kept);  // Freed after the lock.
  }

  /// In the place of what had that name.
  void keep(std::string_view name, Shared kept) {
    Shared gone;  // Freed after the lock: it may be large.
    const std::scoped_lock lock(mutex_);
    if (const auto place = places_.find(name); place != places_.end()) {
      gone = std::exchange(place->second->second, std::move(kept));
      newest_first_.splice(newest_first_.begin(), newest_first_, place->second);
      return;
    }
    newest_first_.emplace_front(std::string(name), std::move(kept));
    places_.emplace(newest_first_.front().first, newest_first_.begin());
    if (newest_first_.size() > most_) {
      gone = std::move(newest_first_.back().second);
      places_.erase(newest_first_.back().first);
      newest_first_.pop_back();
    }
  }

 private:
  using Order = std::list<std::pair<std::string, Shared>>;

  const std::size_t most_;
  std::mutex mutex_;  // Guards the two below.
  Order newest_first_;
  std::unordered_map<std::string_view, typename Order::iterator> places_;  // Names live in the list.
};

}  // namespace nguon::server
