#include "ledger/apply/intervals.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace nguon::ledger {
namespace {

auto after(const std::vector<Interval>& runs, std::int64_t index) {
  return std::upper_bound(runs.begin(), runs.end(), index,
                          [](std::int64_t i, const Interval& run) { return i < run.first; });
}

bool joins(const Interval& left, const Interval& right) {
  return left.last + 1 == right.first && left.of == right.of;
}

// Reads a number that is written without sign or leading zeros and followed by `end`, both
// consumed.
bool read_number(std::string_view& text, char end, std::int64_t& number) {
  const auto* const last = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc() || stop == last || *stop != end || number < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
  return true;
}

}  // namespace

boost::json::value to_json(const std::vector<Interval>& runs,
                            const boost::json::storage_ptr& memory) {
  boost::json::string text(memory);
  for (const auto& run : runs) {
    if (!text.empty()) text += ';';
    text += std::to_string(run.first);
    text += '-';
    text += std::to_string(run.last);
    text += '=';
    text += run.of;
  }
  return text;
}

bool from_json(const boost::json::value& from, std::vector<Interval>& runs) {
  if (!from.is_string()) return false;
  runs.clear();
  std::string_view text = from.get_string();
  while (!text.empty()) {
    auto& run = runs.emplace_back();
    if (!read_number(text, '-', run.first) || !read_number(text, '=', run.last)) return false;
    run.of = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), run.of.size() + 1));
  }
  return true;
}

std::size_t page_of(const IntervalDirectory& directory, std::int64_t index) {
  const auto next = std::upper_bound(directory.starts.begin(), directory.starts.end(), index);
  return static_cast<std::size_t>(std::distance(directory.starts.begin(), next)) - 1;
}

const Interval* find_run(const IntervalPage& page, std::int64_t index) {
  const auto next = after(page.runs, index);
  if (next == page.runs.begin()) return nullptr;
  const auto& run = *std::prev(next);
  return index <= run.last ? &run : nullptr;
}

bool meets(const IntervalPage& page, std::int64_t first, std::int64_t last) {
  if (find_run(page, first) != nullptr) return true;
  const auto next = after(page.runs, first);
  return next != page.runs.end() && next->first <= last;
}

void insert_run(IntervalPage& page, const Interval& run) {
  auto at =
      page.runs.insert(page.runs.begin() + (after(page.runs, run.first) - page.runs.begin()), run);
  if (std::next(at) != page.runs.end() && joins(*at, *std::next(at))) {
    at->last = std::next(at)->last;
    at = std::prev(page.runs.erase(std::next(at)));
  }
  if (at != page.runs.begin() && joins(*std::prev(at), *at)) {
    std::prev(at)->last = at->last;
    page.runs.erase(at);
  }
}

IntervalPage split_page(IntervalPage& page) {
  const auto middle = page.runs.begin() + static_cast<std::ptrdiff_t>(page.runs.size() / 2);
  IntervalPage upper{{middle, page.runs.end()}};
  page.runs.erase(middle, page.runs.end());
  return upper;
}

}  // namespace nguon::ledger
