#pragma once

#include "ledger/trace/source.hpp"
#include "ledger/trace/views.hpp"

#include <cstdint>
#include <string>

namespace nguon::ledger::trace {

/// How one label stands, without a word on the goods: what is left to ask is the same for all labels
/// of one batch.
struct LabelStanding {
  LabelView::Status status = LabelView::Status::never_issued;
  std::string range;  ///< Subject of the range it is in now; empty when never issued.
  RangeRecord record;
  bool on_goods = false;    ///< It is, or was, on goods
  std::string batch;        ///< of this batch.
  std::string printed_for;  ///< Batch it was printed for; empty: blank, or nobody said.
  std::string word;         ///< Entry that took it out of use, where the state names one.
};

/// A bounded number of reads, however many labels there are. Errors only when storage fails or
/// holds what apply never wrote.
Result<LabelStanding> label_standing(const Source& source, std::int64_t epoch, std::int64_t number,
                                     std::int64_t index);

}  // namespace nguon::ledger::trace
