#include "ledger/trace/source.hpp"

#include "ledger/trace/kept_entries.hpp"
#include "ledger/trace/opened.hpp"

#include <utility>

namespace nguon::ledger::trace {

Result<std::shared_ptr<const Opened>> Source::opened(std::uint64_t index) const {
  NGUON_TRY(const Leaf found, leaf(index));
  NGUON_TRY(Opened read, open_leaf(found));
  return std::make_shared<const Opened>(std::move(read));
}

Result<std::shared_ptr<const Opened>> LedgerSource::opened(std::uint64_t index) const {
  if (kept_ == nullptr) return Source::opened(index);
  if (auto known = kept_->find(index)) return known;
  NGUON_TRY(const Leaf found, leaf(index));
  NGUON_TRY(Opened read, open_leaf(found));
  auto shared = std::make_shared<const Opened>(std::move(read));
  kept_->keep(index, shared, found.jws.size());
  return shared;
}

}  // namespace nguon::ledger::trace
