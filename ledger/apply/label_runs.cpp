#include "ledger/apply/label_runs.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

Result<IntervalDirectory> directory_of(Work& work, const std::string& range, LabelLayer layer) {
  NGUON_TRY(auto directory, work.find<IntervalDirectory>(state_key::layer(range, layer)));
  return directory.value_or(IntervalDirectory{});
}

Result<IntervalPage> page_at(Work& work, const std::string& range, LabelLayer layer,
                             std::int64_t number) {
  NGUON_TRY(auto page, work.find<IntervalPage>(state_key::layer_page(range, layer, number)));
  return page.value_or(IntervalPage{});
}

}  // namespace

Result<bool> runs_meet(Work& work, const std::string& range, LabelLayer layer, std::int64_t first,
                       std::int64_t last) {
  NGUON_TRY(const auto directory, directory_of(work, range, layer));
  const auto at = page_of(directory, first);
  NGUON_TRY(const auto page, page_at(work, range, layer, directory.pages[at]));
  if (meets(page, first, last)) return true;
  // A page after the first begins with a run that begins exactly at its start.
  return at + 1 < directory.starts.size() && directory.starts[at + 1] <= last;
}

Result<void> add_run(Work& work, const std::string& range, LabelLayer layer, const Interval& run) {
  NGUON_TRY(auto directory, directory_of(work, range, layer));
  const auto at = page_of(directory, run.first);
  const auto number = directory.pages[at];
  NGUON_TRY(auto page, page_at(work, range, layer, number));
  insert_run(page, run);
  if (page.runs.size() > max_runs_per_page) {
    const auto upper = split_page(page);
    const auto fresh = static_cast<std::int64_t>(directory.pages.size());
    const auto next = static_cast<std::ptrdiff_t>(at + 1);
    directory.starts.insert(directory.starts.begin() + next, upper.runs.front().first);
    directory.pages.insert(directory.pages.begin() + next, fresh);
    work.put(state_key::layer_page(range, layer, fresh), upper);
  }
  work.put(state_key::layer_page(range, layer, number), page);
  work.put(state_key::layer(range, layer), directory);
  return {};
}

Result<std::vector<std::string>> given_ranges(const StateReader& state, const std::string& range) {
  std::vector<std::string> ranges;
  NGUON_TRY(const auto directory,
            read_record<IntervalDirectory>(state, state_key::layer(range, LabelLayer::given)));
  if (!directory) return ranges;
  for (const auto number : directory->pages) {
    NGUON_TRY(const auto page, read_record<IntervalPage>(
                                   state, state_key::layer_page(range, LabelLayer::given, number)));
    if (!page) continue;
    for (const auto& run : page->runs) ranges.push_back(run.of);
  }
  return ranges;
}

}  // namespace nguon::ledger
