#include "server/pages/page_cache.hpp"

#include <utility>

namespace nguon::server {

std::shared_ptr<const KeptPage> PageCache::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  newest_first_.splice(newest_first_.begin(), newest_first_, place->second);
  return place->second->second;
}

void PageCache::keep(const std::string& key, std::shared_ptr<const KeptPage> page) {
  const std::scoped_lock lock(mutex_);
  const auto place = places_.find(key);
  if (place != places_.end()) {
    place->second->second = std::move(page);
    newest_first_.splice(newest_first_.begin(), newest_first_, place->second);
    return;
  }
  newest_first_.emplace_front(key, std::move(page));
  places_.emplace(newest_first_.front().first, newest_first_.begin());
  if (newest_first_.size() > max_pages_) {
    places_.erase(newest_first_.back().first);
    newest_first_.pop_back();
  }
}

}  // namespace nguon::server
