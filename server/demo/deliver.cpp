#include "server/demo/deliver.hpp"

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

using ledger::Outcome;

// One sending holds what was made within this time, so that one synced batch serves a whole
// weighing or a whole office hour. Well below the tolerated skew, after which an entry is flagged.
constexpr std::int64_t one_sending_s = 240;
// Keeps the ledger's queue short of full.
constexpr std::size_t most_in_one_sending = 2048;

/// How many of `told` go together: those of one stretch of time, but nothing signed by a key that
/// is enrolled among them, as admission must know it.
std::size_t one_sending(std::span<const ToldEntry> told) {
  std::set<std::string_view> enrolled;
  std::size_t count = 0;
  for (const ToldEntry& entry : told) {
    const bool later = entry.iat - told.front().iat > one_sending_s;
    if (later || count == most_in_one_sending || enrolled.contains(entry.kid)) break;
    if (!entry.enrols.empty()) enrolled.insert(entry.enrols);
    ++count;
  }
  return count;
}

/// Entries of one second stay in the order they were told. (clang 19 refuses std::stable_sort: this
/// library's own buffer for it is deprecated.)
std::vector<ToldEntry> by_device_time(std::vector<ToldEntry> told) {
  std::multimap<std::int64_t, ToldEntry> ordered;
  for (ToldEntry& entry : told) {
    const std::int64_t iat = entry.iat;
    ordered.emplace(iat, std::move(entry));
  }
  std::vector<ToldEntry> out;
  out.reserve(ordered.size());
  for (auto& [iat, entry] : ordered) out.push_back(std::move(entry));
  return out;
}

/// Waits for the outcomes of one sending.
class Answers {
 public:
  void expect(std::size_t count) {
    const std::lock_guard lock(mutex_);
    open_ += count;
  }
  /// On the sequencer's thread, or the caller's.
  void note(const Outcome& outcome, const std::string& type) {
    const bool good =
        outcome.kind == Outcome::Kind::created || outcome.kind == Outcome::Kind::repeated;
    const std::lock_guard lock(mutex_);
    --open_;
    if (!good && !first_error_) {
      first_error_ = outcome.error;
      first_error_->detail = type + ": " + first_error_->detail;
    }
    changed_.notify_all();
  }
  ledger::Result<void> wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_ == 0; });
    if (first_error_) return *first_error_;
    return {};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t open_ = 0;
  std::optional<ledger::Error> first_error_;
};

}  // namespace

ledger::Result<void> deliver(std::vector<ToldEntry> told, ledger::Ledger& ledger,
                             SeasonClock& clock,
                             const std::function<void(std::uint64_t)>& progress) {
  told = by_device_time(std::move(told));
  std::span<const ToldEntry> rest(told);
  while (!rest.empty()) {
    const auto sending = rest.first(one_sending(rest));
    rest = rest.subspan(sending.size());
    clock.reach(sending.back().iat * 1000);
    Answers answers;
    answers.expect(sending.size());
    for (const ToldEntry& entry : sending) {
      ledger.submit(entry.sd_jwt, entry.id, [&answers, &entry](const Outcome& outcome) {
        answers.note(outcome, entry.type);
      });
    }
    NGUON_CHECK(answers.wait());
    if (progress) progress(told.size() - rest.size());
  }
  return {};
}

}  // namespace nguon::server
