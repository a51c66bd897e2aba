#include "ledger/apply/label_runs.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

Result<IntervalDirectory> directory_of(Work& work, const std::string& range, state_key::Run sort) {
  NGUON_TRY(auto directory, work.find<IntervalDirectory>(state_key::runs(range, sort)));
  return directory.value_or(IntervalDirectory{});
}

Result<IntervalPage> page_at(Work& work, const std::string& range, state_key::Run sort,
                             std::int64_t number) {
  NGUON_TRY(auto page, work.find<IntervalPage>(state_key::runs_page(range, sort, number)));
  return page.value_or(IntervalPage{});
}

}  // namespace

Result<bool> runs_meet(Work& work, const std::string& range, state_key::Run sort,
                       std::int64_t first, std::int64_t last) {
  NGUON_TRY(const auto directory, directory_of(work, range, sort));
  const auto at = page_of(directory, first);
  NGUON_TRY(const auto page, page_at(work, range, sort, directory.pages[at]));
  if (meets(page, first, last)) return true;
  // A page after the first begins with a run that begins exactly at its start.
  return at + 1 < directory.starts.size() && directory.starts[at + 1] <= last;
}

Result<void> add_run(Work& work, const std::string& range, state_key::Run sort,
                     const Interval& run) {
  NGUON_TRY(auto directory, directory_of(work, range, sort));
  const auto at = page_of(directory, run.first);
  const auto number = directory.pages[at];
  NGUON_TRY(auto page, page_at(work, range, sort, number));
  insert_run(page, run);
  if (page.runs.size() > max_runs_per_page) {
    const auto upper = split_page(page);
    const auto fresh = static_cast<std::int64_t>(directory.pages.size());
    const auto next = static_cast<std::ptrdiff_t>(at + 1);
    directory.starts.insert(directory.starts.begin() + next, upper.runs.front().first);
    directory.pages.insert(directory.pages.begin() + next, fresh);
    work.put(state_key::runs_page(range, sort, fresh), upper);
  }
  work.put(state_key::runs_page(range, sort, number), page);
  work.put(state_key::runs(range, sort), directory);
  return {};
}

Result<std::optional<Interval>> run_at(const StateReader& state, const std::string& range,
                                       state_key::Run sort, std::int64_t index) {
  NGUON_TRY(const auto directory,
            read_record<IntervalDirectory>(state, state_key::runs(range, sort)));
  if (!directory || directory->pages.size() != directory->starts.size() || index < 0) {
    return std::optional<Interval>();
  }
  const auto number = directory->pages[page_of(*directory, index)];
  NGUON_TRY(const auto page,
            read_record<IntervalPage>(state, state_key::runs_page(range, sort, number)));
  const auto* run = page ? find_run(*page, index) : nullptr;
  return run != nullptr ? std::optional<Interval>(*run) : std::nullopt;
}

}  // namespace nguon::ledger
