#include "ledger/log/shelves.hpp"

#include "ledger/store/keys.hpp"

namespace nguon::ledger {

Result<Shelves::Place> Shelves::put(const std::string& shelf, std::string_view name,
                                    std::string octets, std::size_t cap, WriteBatch& batch) {
  // Read once a batch: a thousand held entries of one key would otherwise count a thousand rows
  // each.
  auto known = names_.find(shelf);
  if (known == names_.end()) {
    std::set<std::string, std::less<>> stored;
    NGUON_CHECK(store_.scan(Family::private_values, shelf, keys::after(shelf),
                            [&](std::string_view key, std::string_view) {
                              stored.emplace(key.substr(shelf.size()));
                              return true;
                            }));
    known = names_.emplace(shelf, std::move(stored)).first;
  }
  auto& names = known->second;
  if (names.contains(name)) return Place::present;
  if (names.size() >= cap) return Place::full;
  names.emplace(name);
  batch.put(Family::private_values, shelf + std::string(name), std::move(octets));
  return Place::added;
}

}  // namespace nguon::ledger
