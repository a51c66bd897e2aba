#pragma once

#include "ledger/apply/codec.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::ledger {

/// One run of label indexes, both ends inclusive, and what it belongs to (a batch; empty for
/// voids).
struct Interval {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string of;

  bool operator==(const Interval&) const = default;
};

/// Runs as one text, `first-last=of` joined by ';': a page is read and written with every label
/// entry, and an object per run would cost ten times as much. Found by the codec where a record
/// holds runs.
boost::json::value to_json(const std::vector<Interval>& runs,
                            const boost::json::storage_ptr& memory);
bool from_json(const boost::json::value& from, std::vector<Interval>& runs);

/// A page of disjoint intervals in index order. Runs that touch and belong together are one.
struct IntervalPage {
  std::vector<Interval> runs;

  bool operator==(const IntervalPage&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("runs", self.runs);
  }
};

/// Which page holds which index: page i holds the runs that begin in [starts[i], starts[i+1]).
struct IntervalDirectory {
  std::vector<std::int64_t> starts{0};
  std::vector<std::int64_t> pages{0};  ///< Key number of each page, in index order.

  bool operator==(const IntervalDirectory&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("pages", self.pages);
    visit("starts", self.starts);
  }
};

/// At least half of it stays in each page after a split, so the directory of 2^20 single labels and
/// a full page both stay under the store's 64 KiB a value.
inline constexpr std::size_t max_runs_per_page = 512;

/// Position in `directory` of the page whose runs may begin at `index`.
std::size_t page_of(const IntervalDirectory& directory, std::int64_t index);

/// The run that covers `index`, or null.
const Interval* find_run(const IntervalPage& page, std::int64_t index);

/// True when [first, last] meets a run of `page`.
bool meets(const IntervalPage& page, std::int64_t first, std::int64_t last);

/// Adds a run that meets none, joining it with neighbours on this page.
void insert_run(IntervalPage& page, const Interval& run);

/// Moves the upper half of an overfull page into a new one.
IntervalPage split_page(IntervalPage& page);

}  // namespace nguon::ledger
