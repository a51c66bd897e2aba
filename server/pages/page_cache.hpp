#pragma once

#include "server/pages/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace nguon::server {

/// Renders a page anew from what was known, dates judged by the context's clock, without the names
/// of persons: their consent may be taken back while nobody can ask the store. Thread-safe.
using RenderAgain = std::function<Page(const PageContext&)>;

/// A rendered page and what it was rendered from.
struct KeptPage {
  std::shared_ptr<const std::string> body;  ///< Shared with responses under way.
  std::shared_ptr<const std::string> gzip;  ///< The same, RFC 1952: made once, not per scan.
  int status = 200;
  bool personal = false;  ///< It names persons.
  RenderAgain again;      ///< What is shown while the store is down.
  std::uint64_t generation = 0;             ///< PageSources::generation it answers for.
  std::string day;                          ///< Legal dates move at midnight in Vietnam.
  std::int64_t rendered_ms = 0;
};

/// The pages shown last: fast while nothing changes, and all there is while the store is down.
/// Thread-safe. Bounded; the page used longest ago goes first.
class PageCache {
 public:
  explicit PageCache(std::size_t max_pages) : max_pages_(max_pages) {}

  /// Null when that page is not kept.
  std::shared_ptr<const KeptPage> find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const KeptPage> page);

 private:
  using Order = std::list<std::pair<std::string, std::shared_ptr<const KeptPage>>>;

  const std::size_t max_pages_;
  std::mutex mutex_;  // Guards the two below.
  Order newest_first_;
  std::unordered_map<std::string_view, Order::iterator> places_;  // Keys live in newest_first_.
};

}  // namespace nguon::server
