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

namespace {

/// Whether the log went by that name at that size; of a predecessor's lost tail nothing is known
/// here.
bool is_ours(const std::vector<OriginTerm>& names, const Seen& seen) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].origin != seen.origin) continue;
    return i + 1 == names.size() || seen.size <= static_cast<std::uint64_t>(names[i + 1].since);
  }
  return false;
}

}  // namespace

SeenReport SeenAudit::finish(const std::vector<OriginTerm>& names) const {
  SeenReport report;
  for (const Claim& claim : claims_) {
    ++report.claims;
    if (!is_ours(names, claim.seen)) {
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
