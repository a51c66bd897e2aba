#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace nguon::server {

/// Open connections, in all and per address. Thread-safe.
class PeerCount {
 public:
  enum class Entry { admitted, full, peer_full };

  /// Counts one in, unless a limit is reached. `exempt` peers know only the limit of all.
  Entry enter(const std::string& peer, std::size_t limit, std::size_t peer_limit, bool exempt) {
    const std::lock_guard lock(mutex_);
    if (total_ >= limit) return Entry::full;
    std::size_t& count = peers_[peer];
    if (!exempt && count >= peer_limit) {
      if (count == 0) peers_.erase(peer);
      return Entry::peer_full;
    }
    ++count;
    ++total_;
    return Entry::admitted;
  }
  void leave(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    const auto found = peers_.find(peer);
    if (--found->second == 0) peers_.erase(found);
    --total_;
  }
  std::size_t total() const {
    const std::lock_guard lock(mutex_);
    return total_;
  }

 private:
  mutable std::mutex mutex_;
  std::size_t total_ = 0;                               // guarded by mutex_
  std::unordered_map<std::string, std::size_t> peers_;  // guarded by mutex_; no zero counts
};

}  // namespace nguon::server
