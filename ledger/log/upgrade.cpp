#include "ledger/log/upgrade.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/log/subject_pager.hpp"
#include "ledger/log/subject_tree.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"

#include <algorithm>
#include <limits>

namespace nguon::ledger {
namespace {

constexpr std::uint64_t pages_per_commit = 32;  // About 270 KiB.

Error not_written() {
  return {Errc::unavailable, "store.io", {}, "a commit of the upgrade failed; start again"};
}

struct LongSubject {
  std::string sub;
  std::uint64_t pages;
};

/// Subjects with at least one full page. Memory: one in 256 entries at the most.
Result<std::vector<LongSubject>> long_subjects(const Store& store, std::uint32_t log) {
  std::vector<LongSubject> found;
  Result<void> outcome;
  const std::string first = keys::state(log, state_key::head({}));
  NGUON_CHECK(
      store.scan(Family::state, first, keys::after(first), [&](auto key, std::string_view value) {
        const auto head = decode<HeadRecord>(value);
        if (!head) {
          outcome = head.error();
        } else if (const auto count = static_cast<std::uint64_t>(head->count);
                   count >= subject_page_width) {
          found.push_back({std::string(key.substr(first.size())), count / subject_page_width});
        }
        return outcome.has_value();
      }));
  if (!outcome) return outcome.error();
  return found;
}

/// Rows `e` of one subject, for a database that was written before there were any.
Result<void> write_pages(Store& store, std::uint32_t log, const LongSubject& subject) {
  NGUON_TRY(const auto head, store.get(Family::log, keys::head(log)));
  NGUON_TRY(const auto history,
            read_history(store, log, subject.sub, 0, std::numeric_limits<std::uint64_t>::max()));
  const std::uint64_t whole = subject.pages * subject_page_width;
  if (history.size() < whole) {
    return Error{Errc::corrupt, "store.corrupt", {}, "a history does not match its head"};
  }
  SubjectPager pager(store, log);
  constexpr std::uint64_t step = pages_per_commit * subject_page_width;
  for (std::uint64_t done = 0; done < whole; done += step) {
    const auto begin = history.begin() + static_cast<std::ptrdiff_t>(done);
    const std::vector<std::uint64_t> indexes(
        begin, begin + static_cast<std::ptrdiff_t>(std::min(step, whole - done)));
    NGUON_TRY(const auto ids, read_entry_ids(store, log, indexes));
    WriteBatch batch;
    pager.start_over();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      NGUON_CHECK(pager.add(subject.sub, indexes[i], ids[i], done + i + 1, batch));
    }
    if (store.commit(batch, head.value_or("")) != Commit::done) return not_written();
  }
  return {};
}

/// The lowest log number from `from` on of which the store has state.
Result<std::optional<std::uint32_t>> next_log(const Store& store, std::uint32_t from) {
  std::optional<std::uint32_t> found;
  NGUON_CHECK(store.scan(
      Family::state, keys::big_endian(from, 4), keys::format(), [&](std::string_view key, auto) {
        found = static_cast<std::uint32_t>(keys::read_big_endian(key.substr(0, 4)));
        return false;
      }));
  return found;
}

}  // namespace

Result<void> upgrade_store(Store& store) {
  NGUON_TRY(const auto stored, store.get(Family::log, keys::format()));
  const std::string current = std::to_string(store_format);
  if (stored == current) return {};
  if (stored != "1") {
    return Error{Errc::invalid, "store.format", {}, "store format " + stored.value_or("absent")};
  }
  NGUON_TRY(auto log, next_log(store, 0));
  while (log) {
    NGUON_TRY(const auto subjects, long_subjects(store, *log));
    for (const LongSubject& subject : subjects) {
      NGUON_CHECK(write_pages(store, *log, subject));
    }
    NGUON_TRY(log, next_log(store, *log + 1));
  }
  WriteBatch batch;
  batch.put(Family::log, keys::format(), current);
  if (store.commit(batch, {}) != Commit::done) return not_written();
  return {};
}

}  // namespace nguon::ledger
