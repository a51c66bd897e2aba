#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"
#include "server/control/hold.hpp"

#include <memory>
#include <string>

namespace nguon::server {

/// A database opened to be read, whether or not a service has it open: a running one is asked to
/// hold its files, or what it merges and removes in the moment of opening would be missing from the
/// view, without any error. Not thread-safe.
class RestingStore {
 public:
  /// `data` is the data directory, `database` the database in it. Errors: those of hold_served()
  /// and open_rocks_store().
  static ledger::Result<std::unique_ptr<RestingStore>> open(const std::string& data,
                                                            const std::string& database);

  const ledger::Store& store() const { return *store_; }
  /// Once, after the last read. An Error: the service let go before, and what was read counts for
  /// nothing.
  ledger::Result<void> finish();

 private:
  RestingStore(std::unique_ptr<HeldFiles> held, std::unique_ptr<ledger::Store> store)
      : held_(std::move(held)), store_(std::move(store)) {}

  std::unique_ptr<HeldFiles> held_;  // Null where no service runs.
  std::unique_ptr<ledger::Store> store_;
};

}  // namespace nguon::server
