#include "server/office/keeper.hpp"

#include <chrono>

namespace nguon::server {
namespace {

// At 5,000 appends a second a question then finds some thousand entries to read, 30 ms at most.
constexpr std::chrono::milliseconds between_refreshes{250};

}  // namespace

DirectoryKeeper::DirectoryKeeper(Directory& directory, OwnEntries& own, PasskeyDesk& passkeys)
    : directory_(directory), own_(own), passkeys_(passkeys), thread_([this] { run(); }) {}

DirectoryKeeper::~DirectoryKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  directory_.stop();
  own_.stop();
  stopped_.notify_all();
  thread_.join();
}

void DirectoryKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    // What fails here fails again, and is said, when somebody asks.
    static_cast<void>(directory_.refresh());
    static_cast<void>(own_.refresh());
    static_cast<void>(passkeys_.catch_up());
    lock.lock();
    stopped_.wait_for(lock, between_refreshes, [this] { return stopping_; });
  }
}

}  // namespace nguon::server
