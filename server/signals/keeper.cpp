#include "server/signals/keeper.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace nguon::server {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds between_flushes{10};
constexpr std::chrono::hours between_sweeps{24};

}  // namespace

SignalKeeper::SignalKeeper(SignalBook& book) : book_(book), thread_([this] { run(); }) {}

SignalKeeper::~SignalKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void SignalKeeper::run() {
  std::unique_lock lock(mutex_);
  auto next_sweep = steady_clock::now();
  bool last = false;
  while (!last) {
    last = stopping_;
    lock.unlock();
    if (const auto done = book_.flush(); !done) {
      spdlog::warn("scan counts were not written: {}", done.error().rule);
    }
    if (!last && steady_clock::now() >= next_sweep) {
      next_sweep += between_sweeps;
      if (const auto done = book_.sweep(); !done) {
        spdlog::warn("old scan counts were not swept: {}", done.error().rule);
      }
    }
    lock.lock();
    if (!last) stopped_.wait_for(lock, between_flushes, [this] { return stopping_; });
  }
}

}  // namespace nguon::server
