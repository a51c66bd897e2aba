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
    const auto purged = purge();
    if (!purged) on_failure_(purged.error());
    lock.lock();
    busy_ = false;
  }
}

Result<void> Purger::purge() {
  // One marker per erasure, read before the files are rewritten: what is erased meanwhile has a
  // marker of its own, which this run leaves alone.
  const std::string first = keys::purge_due(log_, {});
  WriteBatch forget;
  NGUON_CHECK(store_.scan(Family::private_values, first, keys::after(first),
                          [&](std::string_view marker, std::string_view) {
                            forget.erase(Family::private_values, std::string(marker));
                            return true;
                          }));
  if (forget.empty()) return {};
  NGUON_CHECK(store_.purge(Family::private_values));
  return write_aside_(std::move(forget));
}

}  // namespace nguon::ledger
