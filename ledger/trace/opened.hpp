#pragma once

#include "ledger/entry/entry.hpp"
#include "ledger/log/ledger.hpp"

namespace nguon::ledger::trace {

/// A logged entry, read. Of an adoption `effective` is the entry inside.
struct Opened {
  std::int64_t recorded = 0;  ///< Leaf::recorded.
  Entry logged;
  Entry effective;
  bool adopted = false;
};

/// Reads a leaf without checking signatures again: it was logged, so they were. Error `leaf.entry`
/// (Errc::corrupt) when it is not an entry.
Result<Opened> open_leaf(const Leaf& leaf);

}  // namespace nguon::ledger::trace
