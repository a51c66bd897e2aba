#include "ledger/log/purger.hpp"

#include "ledger/store/keys.hpp"

#include <set>

namespace nguon::ledger {

Purger::Purger(Store& store, const Vault& vault, std::uint32_t log,
               std::function<Result<void>(WriteBatch)> write_aside,
               std::function<void(const Error&)> on_failure)
    : store_(store),
      vault_(vault),
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
  std::set<std::string> persons;
  NGUON_CHECK(store_.scan(Family::private_values, first, keys::after(first),
                          [&](std::string_view marker, std::string_view person) {
                            forget.erase(Family::private_values, std::string(marker));
                            if (!person.empty()) persons.emplace(person);
                            return true;
                          }));
  if (forget.empty()) return {};
  for (const std::string& person : persons) {
    NGUON_TRY(const bool swept, sweep(person));
    if (!swept) return {};
  }
  NGUON_CHECK(store_.purge(Family::private_values));
  return write_aside_(std::move(forget));
}

/// False when stopped half-way: the marker stays, and the next start begins again.
Result<bool> Purger::sweep(const std::string& person) {
  std::string after;
  for (bool more = true; more;) {
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) return false;
    }
    WriteBatch batch;
    NGUON_TRY(more, vault_.sweep(person, after, batch));
    if (batch.empty()) continue;
    NGUON_CHECK(write_aside_(std::move(batch)));
  }
  return true;
}

}  // namespace nguon::ledger
