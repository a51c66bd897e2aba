#include "server/reminders/keeper.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace nguon::server {
namespace {

constexpr std::chrono::minutes between_digests{1};

}  // namespace

ReminderKeeper::ReminderKeeper(ReminderDesk& desk) : desk_(desk), thread_([this] { run(); }) {}

ReminderKeeper::~ReminderKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void ReminderKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (const auto sent = desk_.send(); !sent) {
      spdlog::warn("reminders were not looked through: {}", sent.error().rule);
    }
    lock.lock();
    stopped_.wait_for(lock, between_digests, [this] { return stopping_; });
  }
}

}  // namespace nguon::server
