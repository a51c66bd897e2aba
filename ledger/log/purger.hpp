#pragma once

#include "ledger/log/vault.hpp"
#include "ledger/store/store.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace nguon::ledger {

/// Finishes an erasure beside the running log: deletes the rows of destroyed keys, a bounded batch
/// at a time, then rewrites the store's files. The marker row of an erasure goes only after the
/// files are clean, so a crash in between runs it again at start.
class Purger {
 public:
  /// `on_failure` may be called from the purger's thread when the store cannot be rewritten.
  Purger(Store& store, const Vault& vault, std::uint32_t log,
         std::function<Result<void>(WriteBatch)> write_aside,
         std::function<void(const Error&)> on_failure);
  ~Purger() { stop(); }

  void request();
  bool busy() const;
  /// Joins the thread; requests from then on wait for the next start.
  void stop();

 private:
  void run();
  Result<void> purge();
  Result<bool> sweep(const std::string& person);

  Store& store_;
  const Vault& vault_;
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
