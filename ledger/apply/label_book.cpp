#include "ledger/apply/label_book.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Six layers of so many pages stay under what one entry may touch (256 keys).
constexpr std::size_t max_pages_a_layer = 32;

}  // namespace

Result<const IntervalDirectory*> LabelBook::directory(LabelLayer layer) {
  auto known = directories_.find(layer);
  if (known == directories_.end()) {
    const auto key = state_key::layer(range_, layer);
    NGUON_TRY(auto read, find<IntervalDirectory>(key));
    if (read && (read->pages.empty() || read->pages.size() != read->starts.size())) {
      return Error{Errc::corrupt, "state.record", {}, "a directory of runs"};
    }
    known = directories_.emplace(layer, std::move(read)).first;
  }
  return known->second ? &*known->second : nullptr;
}

Result<const IntervalPage*> LabelBook::page(LabelLayer layer, std::int64_t number) {
  auto known = pages_.find({layer, number});
  if (known == pages_.end()) {
    NGUON_TRY(auto read, find<IntervalPage>(state_key::layer_page(range_, layer, number)));
    known =
        pages_.emplace(std::pair{layer, number}, read ? std::move(*read) : IntervalPage{}).first;
  }
  return &known->second;
}

Result<LabelBook::Stretch> LabelBook::stretch(LabelLayer layer, std::int64_t first,
                                              std::int64_t last, bool alike) {
  NGUON_TRY(const auto* index, directory(layer));
  // Most layers of most ranges were never spoken of: one read says so.
  if (index == nullptr) return Stretch{false, {}, last};
  auto at = page_of(*index, first);
  NGUON_TRY(const auto* runs, page(layer, index->pages[at]));
  Stretch found;
  const auto* run = find_run(*runs, first);
  found.covered = run != nullptr;
  found.until = last;
  if (run == nullptr) {
    const auto next = std::find_if(runs->runs.begin(), runs->runs.end(),
                                   [&](const auto& r) { return r.first > first; });
    if (next != runs->runs.end()) {
      found.until = std::min(last, next->first - 1);
    } else if (at + 1 < index->starts.size()) {
      found.until = std::min(last, index->starts[at + 1] - 1);
    }
    return found;
  }
  found.of = run->of;
  found.until = run->last;
  auto next = static_cast<std::size_t>(run - runs->runs.data()) + 1;
  for (std::size_t pages = 1; found.until < last;) {
    if (next == runs->runs.size()) {
      if (++at == index->pages.size() || ++pages > max_pages_a_layer) break;
      NGUON_TRY(runs, page(layer, index->pages[at]));
      next = 0;
      continue;
    }
    const auto& follower = runs->runs[next++];
    if (follower.first != found.until + 1 || (alike && follower.of != found.of)) break;
    found.until = follower.last;
  }
  found.until = std::min(found.until, last);
  return found;
}

Result<LabelPiece> LabelBook::piece(std::int64_t first, std::int64_t last) {
  LabelPiece piece;
  piece.until = last;
  const auto look = [&](LabelLayer layer, LabelState state, bool alike) -> Result<Stretch> {
    NGUON_TRY(auto found, stretch(layer, first, last, alike));
    piece.until = std::min(piece.until, found.until);
    if (found.covered) piece.state = state;
    return found;
  };
  NGUON_TRY(auto printed, look(LabelLayer::printed, LabelState::printed, true));
  NGUON_TRY(auto applied, look(LabelLayer::applied, LabelState::applied, true));
  piece.printed = printed.covered;
  piece.printed_for = std::move(printed.of);
  piece.applied = applied.covered;
  piece.applied_to = std::move(applied.of);
  for (const auto& [layer, state] : {std::pair{LabelLayer::lost, LabelState::lost},
                                     {LabelLayer::voided, LabelState::voided},
                                     {LabelLayer::returned, LabelState::returned},
                                     {LabelLayer::given, LabelState::given}}) {
    NGUON_TRY(auto found, look(layer, state, false));
    if (found.covered) piece.word = std::move(found.of);
  }
  return piece;
}

}  // namespace nguon::ledger
