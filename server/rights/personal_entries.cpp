#include "server/rights/personal_entries.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/trace/opened.hpp"

#include <set>
#include <utility>

namespace nguon::server {

using ledger::Result;

Result<std::vector<std::uint64_t>> PersonalEntries::of(const std::string& person) {
  std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return ledger::Error{ledger::Errc::too_busy, "rights.loading", {}, {}};
  NGUON_CHECK(read_on());
  const auto found = entries_.find(person);
  if (found == entries_.end()) return std::vector<std::uint64_t>();
  return std::vector<std::uint64_t>(found->second.begin(), found->second.end());
}

Result<void> PersonalEntries::read_on() {
  const std::uint64_t size = ledger_.head().size;
  for (; read_ < size; ++read_) {
    NGUON_TRY(const auto leaf, ledger_.leaf(read_));
    NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
    std::set<std::string> persons;
    for (const ledger::Entry* entry : {&opened.logged, &opened.effective}) {
      if (entry->sub.starts_with("person:")) persons.insert(entry->sub);
      if (entry->on_behalf_of) persons.insert(*entry->on_behalf_of);
      auto [known, is_new] = persons_.try_emplace(entry->kid);
      if (is_new) {
        NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::key(entry->kid)));
        if (stored) {
          NGUON_TRY(const auto key, ledger::decode<ledger::KeyRecord>(*stored));
          known->second = key.person;
        }
      }
      if (!known->second.empty()) persons.insert(known->second);
    }
    for (const auto& person : persons) {
      entries_[person].push_back(static_cast<std::uint32_t>(read_));
    }
  }
  return {};
}

}  // namespace nguon::server
