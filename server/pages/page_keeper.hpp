#pragma once

#include "ledger/base/clock.hpp"
#include "server/pages/label_pages.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

namespace nguon::server {

/// Makes pages that hold no longer anew beside the threads that serve them: a recall of every batch
/// is asked for by everybody at once. One thread of its own, at work for at most a tenth of the time,
/// and only after somebody found such a page.
class PageKeeper {
 public:
  /// The most pages looked at in a row, of those that were used last.
  static constexpr std::size_t pages_in_a_row = 256;

  /// Both outlive it; nobody asks for pages before it is made or after it is gone.
  PageKeeper(LabelPages& pages, const ledger::Clock& clock);
  ~PageKeeper();
  PageKeeper(const PageKeeper&) = delete;
  PageKeeper& operator=(const PageKeeper&) = delete;

 private:
  void run();

  LabelPages& pages_;
  const ledger::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable moved_;
  bool outdated_ = false, stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
