#pragma once

#include "labels/preview_picture.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace nguon::server {

/// Pictures of link previews by their words: a product that is renamed gets another one by itself.
/// Thread-safe; bounded, and emptied when full, for drawing anew costs milliseconds.
class PictureCache {
 public:
  explicit PictureCache(std::size_t most = 256) : most_(most) {}

  /// Null where it cannot be drawn.
  std::shared_ptr<const std::string> draw(const labels::PreviewText& text);

 private:
  const std::size_t most_;
  std::mutex mutex_;  // Guards the one below; not held while drawing.
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> drawn_;
};

}  // namespace nguon::server
