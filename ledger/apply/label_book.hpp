#pragma once

#include "ledger/apply/intervals.hpp"
#include "ledger/apply/label_layers.hpp"
#include "ledger/apply/work.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace nguon::ledger {

/// Where a label stands. A later one covers the earlier ones (FORMAT.md "State").
enum class LabelState : std::uint8_t {
  allocated,  ///< Granted, never said to be printed.
  printed,
  applied,  ///< On goods.
  lost,
  voided,
  returned,
  given,  ///< Another range's now.
};

/// Labels that stand alike, and how: all from the one asked for up to `until`.
struct LabelPiece {
  LabelState state = LabelState::allocated;
  bool printed = false;     ///< A label.print named them;
  std::string printed_for;  ///< batch, empty: blank.
  bool applied = false;     ///< They are, or were, on goods
  std::string applied_to;   ///< of this batch.
  std::string word;         ///< Entry that says so, of lost, voided (empty before label.void/2)
                            ///< and returned; the range of a given one.
  std::int64_t until = 0;

  /// The batch in whose account they are counted; empty: in none.
  const std::string& batch() const { return applied ? applied_to : printed_for; }
};

/// What became of the labels of one range, read from its runs: pages once read are kept, so that
/// one label costs a bounded number of reads and a whole range each page once. Not thread-safe.
class LabelBook {
 public:
  /// As of the entry being applied, its own changes included up to the first question.
  LabelBook(Work& work, std::string range) : work_(&work), range_(std::move(range)) {}
  LabelBook(const StateReader& state, std::string range)
      : state_(&state), range_(std::move(range)) {}

  /// The label at `first` and those up to `last` that stand like it. A piece may end early where
  /// runs are scattered over very many pages.
  Result<LabelPiece> piece(std::int64_t first, std::int64_t last);

 private:
  struct Stretch {
    bool covered = false;
    std::string of;
    std::int64_t until = 0;
  };
  Result<Stretch> stretch(LabelLayer layer, std::int64_t first, std::int64_t last, bool alike);
  /// Null where nothing was ever said.
  Result<const IntervalDirectory*> directory(LabelLayer layer);
  Result<const IntervalPage*> page(LabelLayer layer, std::int64_t number);
  template <codec::Record T>
  Result<std::optional<T>> find(const std::string& key) {
    return work_ != nullptr ? work_->find<T>(key) : read_record<T>(*state_, key);
  }

  Work* work_ = nullptr;
  const StateReader* state_ = nullptr;
  std::string range_;
  std::map<LabelLayer, std::optional<IntervalDirectory>> directories_;
  std::map<std::pair<LabelLayer, std::int64_t>, IntervalPage> pages_;
};

}  // namespace nguon::ledger
