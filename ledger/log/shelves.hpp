#pragma once

#include "ledger/store/store.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// What is kept aside beside the log, each kind up to a cap: held entries of one revoked key, rival
/// entries of one jti. A shelf is all keys of Family::private_values under one prefix. The count is
/// that of the store and of the open batch together, for one batch may bring more than a cap
/// allows. Owned by the sequencer's thread.
class Shelves {
 public:
  enum class Place {
    added,    ///< The row is now in the batch.
    present,  ///< It was there before; nothing is written.
    full,     ///< The shelf holds its cap; nothing is written.
  };
  explicit Shelves(const Store& store) : store_(store) {}

  /// Puts `octets` under `shelf` + `name` into `batch`, unless that row is there or the shelf holds
  /// `cap` rows. Errors: `store.*`.
  Result<Place> put(const std::string& shelf, std::string_view name, std::string octets,
                    std::size_t cap, WriteBatch& batch);
  /// A new batch begins: what the last one brought is in the store now.
  void start_over() { names_.clear(); }

 private:
  const Store& store_;
  std::map<std::string, std::set<std::string, std::less<>>> names_;  // By shelf used in this batch.
};

}  // namespace nguon::ledger
