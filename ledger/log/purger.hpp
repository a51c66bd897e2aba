#pragma once

#include "ledger/log/sequencer.hpp"
#include "ledger/store/store.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace nguon::ledger {

/// Rewrites the store's files after an erasure, beside the running log. The marker row of an
/// erasure goes only after the files are clean, so a crash in between runs it again at start.
class Purger {
 public:
  /// `on_failure` may be called from the purger's thread when the store cannot be rewritten.
  Purger(Store& store, std::uint32_t log, std::function<Result<void>(WriteBatch)> write_aside,
         std::function<void(const Error&)> on_failure);
  ~Purger() { stop(); }

  void request();
  bool busy() const;
  /// Joins the thread; requests from then on wait for the next start.
  void stop();

 private:
  void run();
  Result<void> purge();

  Store& store_;
  const std::uint32_t log_;
  const std::function<Result<void>(WriteBatch)> write_aside_;
  const std::function<void(const Error&)> on_failure_;

  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable wake_;
  bool due_ = false;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace nguon::ledger
