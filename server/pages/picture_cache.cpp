#include "server/pages/picture_cache.hpp"

#include <utility>

namespace nguon::server {

std::shared_ptr<const std::string> PictureCache::draw(const labels::PreviewText& text) {
  std::string key;
  for (const std::string* part : {&text.product, &text.maker, &text.place, &text.lead, &text.note}) {
    key += *part + '\n';
  }
  {
    const std::scoped_lock lock(mutex_);
    const auto known = drawn_.find(key);
    if (known != drawn_.end()) return known->second;
  }
  auto png = labels::preview_png(text);
  if (!png) return nullptr;
  auto picture = std::make_shared<const std::string>(std::move(*png));
  const std::scoped_lock lock(mutex_);
  if (drawn_.size() >= most_) drawn_.clear();
  drawn_.emplace(std::move(key), picture);
  return picture;
}

}  // namespace nguon::server
