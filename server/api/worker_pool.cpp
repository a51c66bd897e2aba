#include "server/api/worker_pool.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace nguon::server {

struct WorkerPool::State {
  const std::size_t queue_length;
  std::mutex mutex;  // Guards all below but threads.
  std::condition_variable more;
  std::deque<std::function<void()>> queue;
  bool ending = false;
  std::vector<std::thread> threads;

  explicit State(std::size_t length) : queue_length(length) {}

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      more.wait(lock, [this] { return ending || !queue.empty(); });
      if (queue.empty()) return;
      const std::function<void()> task = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }
};

WorkerPool::WorkerPool(unsigned threads, std::size_t queue_length)
    : state_(std::make_unique<State>(queue_length)) {
  for (unsigned i = 0; i < threads; ++i) state_->threads.emplace_back([this] { state_->run(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->ending = true;
  }
  state_->more.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

bool WorkerPool::post(std::function<void()> task) {
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->ending || state_->queue.size() >= state_->queue_length) return false;
    state_->queue.push_back(std::move(task));
  }
  state_->more.notify_one();
  return true;
}

}  // namespace nguon::server
