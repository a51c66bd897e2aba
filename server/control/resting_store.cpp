#include "server/control/resting_store.hpp"

#include "ledger/store/rocks_store.hpp"

namespace nguon::server {

ledger::Result<std::unique_ptr<RestingStore>> RestingStore::open(const std::string& data,
                                                                 const std::string& database) {
  NGUON_TRY(auto held, hold_served(data));
  NGUON_TRY(auto store, ledger::open_rocks_store(database, {.read_only = true}));
  return std::unique_ptr<RestingStore>(new RestingStore(std::move(held), std::move(store)));
}

ledger::Result<void> RestingStore::finish() {
  store_.reset();
  return held_ ? held_->release() : ledger::Result<void>();
}

}  // namespace nguon::server
