#pragma once

#include "ledger/base/result.hpp"
#include "server/deployment/deployment.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace nguon::server {

/// The service's own clerk: reads the log as it grows and answers every `label.request` for a
/// number of labels with a `label.range`, signed by the service key, of the newest epoch it has a
/// key for. One thread of its own.
class RangeDesk {
 public:
  /// Goes on at the index kept in `cursor_file`, or at `from` where there is none; the file only
  /// saves reading the log again. `deployment` outlives the desk.
  RangeDesk(Deployment& deployment, std::string cursor_file, std::uint64_t from = 0);
  /// Ends after the request under way.
  ~RangeDesk();
  RangeDesk(const RangeDesk&) = delete;
  RangeDesk& operator=(const RangeDesk&) = delete;

 private:
  void run();
  /// Reads on to the log's head. An error is tried again a moment later, from the same entry.
  ledger::Result<void> read_on();
  ledger::Result<void> consider(const ledger::Leaf& leaf);
  ledger::Result<void> grant(const std::string& org, const std::string& request,
                             std::int64_t count);

  Deployment& deployment_;
  const std::string cursor_file_;
  std::uint64_t next_;  // the thread's own
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace nguon::server
