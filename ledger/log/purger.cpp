#include "ledger/log/purger.hpp"

#include "ledger/store/keys.hpp"

namespace nguon::ledger {

Purger::Purger(Store& store, std::uint32_t log, std::function<Result<void>(WriteBatch)> write_aside,
               std::function<void(const Error&)> on_failure)
    : store_(store),
      log_(log),
      write_aside_(std::move(write_aside)),
      on_failure_(std::move(on_failure)),
      thread_([this] { run(); }) {}

void Purger::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Purger::request() {
  {
    const std::scoped_lock lock(mutex_);
    due_ = true;
  }
  wake_.notify_all();
}

bool Purger::busy() const {
  const std::scoped_lock lock(mutex_);
  return due_ || busy_;
}

void Purger::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || due_; });
    if (stopping_) return;  // The marker stays; the next start goes on.
    due_ = false;
    busy_ = true;
    lock.unlock();
    auto purged = store_.purge(Family::private_values);
    if (purged) {
      WriteBatch forget;
      forget.erase(Family::private_values, keys::purge_due(log_));
      lock.lock();
      const bool again = due_;  // Something was erased meanwhile: its marker must stay.
      lock.unlock();
      if (!again) purged = write_aside_(std::move(forget));
    }
    if (!purged) on_failure_(purged.error());
    lock.lock();
    busy_ = false;
  }
}

}  // namespace nguon::ledger
