#include "server/session/own_entries.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/audit/links.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

}  // namespace

OwnEntries::OwnEntries(const ledger::Ledger& ledger, std::uint64_t most)
    : ledger_(ledger),
      first_(ledger.head().size > most ? ledger.head().size - most : 0),
      read_(first_) {}

Result<std::string> OwnEntries::person_of(const std::string& kid) {
  if (const auto known = persons_.find(kid); known != persons_.end()) return known->second;
  NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::key(kid)));
  if (!stored) return std::string();
  NGUON_TRY(auto key, ledger::decode<ledger::KeyRecord>(*stored));
  return persons_[kid] = std::move(key.person);
}

Result<void> OwnEntries::add_owners(std::string_view jws, std::int64_t recorded,
                                    std::uint64_t index, std::vector<std::string>& owners,
                                    bool corrections) {
  NGUON_TRY(const auto linked, ledger::read_linked(index, recorded, jws));
  const ledger::Entry& entry = linked.effective();
  NGUON_TRY(auto signer, person_of(entry.kid));
  if (!signer.empty()) owners.push_back(std::move(signer));
  if (entry.on_behalf_of && entry.on_behalf_of->starts_with("person:")) {
    owners.push_back(*entry.on_behalf_of);
  }
  const auto* target = entry.data.if_contains("target");
  if (!corrections || !entry.is("batch.correct") || target == nullptr || !target->is_string()) {
    return {};
  }
  NGUON_TRY(const auto corrected, ledger_.find(target->get_string()));
  if (!corrected) return {};
  return add_owners(corrected->jws, corrected->recorded, corrected->index, owners, false);
}

Result<void> OwnEntries::refresh() {
  const Error loading{Errc::too_busy, "directory.loading", {}, {}};
  std::unique_lock lock(refreshing_, std::try_to_lock);
  if (!lock.owns_lock()) {
    if (!loaded_) return loading;
    lock.lock();
  }
  const std::uint64_t size = ledger_.head().size;
  for (; read_ < size; ++read_) {
    if (stopping_) return loading;
    NGUON_TRY(const auto leaf, ledger_.leaf(read_));
    std::vector<std::string> owners;
    NGUON_CHECK(add_owners(leaf.jws, leaf.recorded, leaf.index, owners, true));
    std::ranges::sort(owners);
    owners.erase(std::ranges::unique(owners).begin(), owners.end());
    const std::scoped_lock rows(rows_mutex_);
    for (auto& owner : owners) rows_[std::move(owner)].push_back(leaf.index);
  }
  loaded_ = true;
  return {};
}

std::vector<std::uint64_t> OwnEntries::newest(const std::string& person, std::uint64_t before,
                                              std::size_t limit) const {
  const std::scoped_lock lock(rows_mutex_);
  const auto found = rows_.find(person);
  if (found == rows_.end()) return {};
  const auto& all = found->second;
  const auto end = std::ranges::lower_bound(all, before);
  const auto count = std::min(limit, static_cast<std::size_t>(end - all.begin()));
  std::vector<std::uint64_t> wanted(end - static_cast<std::ptrdiff_t>(count), end);
  std::ranges::reverse(wanted);
  return wanted;
}

}  // namespace nguon::server
