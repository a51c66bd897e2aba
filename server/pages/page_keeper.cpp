#include "server/pages/page_keeper.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <exception>

namespace nguon::server {
namespace {

using std::chrono::steady_clock;

constexpr int rests_per_work = 9;

}  // namespace

PageKeeper::PageKeeper(LabelPages& pages, const ledger::Clock& clock)
    : pages_(pages), clock_(clock) {
  pages_.on_outdated = [this] {
    {
      const std::scoped_lock lock(mutex_);
      outdated_ = true;
    }
    moved_.notify_one();
  };
  thread_ = std::thread([this] { run(); });
}

PageKeeper::~PageKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  moved_.notify_one();
  thread_.join();
  pages_.on_outdated = {};
}

void PageKeeper::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    moved_.wait(lock, [this] { return outdated_ || stopping_; });
    if (stopping_) return;
    outdated_ = false;
    lock.unlock();
    const auto begun = steady_clock::now();
    try {
      pages_.renew(clock_.now_ms(), pages_in_a_row);
    } catch (const std::exception&) {
      // Whoever asks for one makes it, and is told what is wrong.
      spdlog::warn("pages could not be made ahead");
    }
    const auto worked = steady_clock::now() - begun;
    lock.lock();
    moved_.wait_for(lock, worked * rests_per_work, [this] { return stopping_; });
  }
}

}  // namespace nguon::server
