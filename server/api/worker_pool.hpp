#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace nguon::server {

/// A few threads and a bounded queue. Thread-safe. The destructor finishes what is queued.
class WorkerPool {
 public:
  /// 1 ≤ threads; `queue_length` tasks may wait.
  WorkerPool(unsigned threads, std::size_t queue_length);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False, and nothing done, when the queue is full: the caller answers "too busy". A task must
  /// not throw.
  [[nodiscard]] bool post(std::function<void()> task);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nguon::server
