#include "ledger/trace/kept_entries.hpp"

#include <utility>

namespace nguon::ledger::trace {

std::shared_ptr<const Opened> KeptEntries::find(std::uint64_t index) {
  const std::scoped_lock lock(mutex_);
  const auto* const found = entries_.find(index);
  return found == nullptr ? nullptr : *found;
}

void KeptEntries::keep(std::uint64_t index, std::shared_ptr<const Opened> entry,
                       std::size_t octets) {
  if (octets > longest) return;
  const std::scoped_lock lock(mutex_);
  entries_.put(index, std::move(entry));
}

}  // namespace nguon::ledger::trace
