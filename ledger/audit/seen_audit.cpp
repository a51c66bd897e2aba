#include "ledger/audit/seen_audit.hpp"

namespace nguon::ledger {

void SeenAudit::note(const LinkedEntry& linked) {
  note(linked.index, linked.entry);
  if (linked.inner) note(linked.index, *linked.inner);
}

void SeenAudit::note(std::uint64_t index, const Entry& entry) {
  if (!entry.seen) return;
  claims_.push_back({index, entry.id, *entry.seen});
  // What the device saw existed before it signed, so no later tree can be the one.
  if (entry.seen->size <= index) roots_[entry.seen->size] = empty_root();
}

void SeenAudit::append(std::string_view leaf) {
  range_.append(leaf_hash(leaf));
  const auto wanted = roots_.find(range_.size());
  if (wanted != roots_.end()) wanted->second = range_.root();
}

SeenReport SeenAudit::finish(std::string_view origin) const {
  SeenReport report;
  for (const Claim& claim : claims_) {
    ++report.claims;
    if (claim.seen.origin != origin) {
      ++report.foreign;
      continue;
    }
    std::optional<Hash> derived;
    if (claim.seen.size <= claim.index) derived = roots_.at(claim.seen.size);
    if (derived == claim.seen.root) continue;
    report.disproved.push_back(
        {claim.index, claim.entry, claim.seen.size, claim.seen.root, derived});
  }
  return report;
}

}  // namespace nguon::ledger
