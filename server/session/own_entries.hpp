#pragma once

#include "ledger/log/ledger.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nguon::server {

/// Which logged entries are somebody's own: signed by a key of that person, entered by the office
/// on their behalf, or a correction of one of these. Public claims alone, in memory, 8 octets an
/// entry and owner; follows the log. Thread-safe.
class OwnEntries {
 public:
  /// About three seasons of a province. What is older is left out, and first() says from where on.
  static constexpr std::uint64_t most_entries = 4'000'000;

  /// `ledger` outlives it.
  explicit OwnEntries(const ledger::Ledger& ledger, std::uint64_t most = most_entries);

  /// Reads on to the log's head. Errors: `directory.loading` (Errc::too_busy) while another thread
  /// does the first reading, or after stop(); `store.*`.
  ledger::Result<void> refresh();
  /// Ends a reading under way, and all later ones: the process is ending.
  void stop() { stopping_ = true; }

  /// Log indexes of `person`'s entries below `before`, newest first, ≤ `limit`.
  std::vector<std::uint64_t> newest(const std::string& person, std::uint64_t before,
                                    std::size_t limit) const;
  /// The oldest log index that was looked at.
  std::uint64_t first() const { return first_; }

 private:
  ledger::Result<std::string> person_of(const std::string& kid);
  ledger::Result<void> add_owners(std::string_view jws, std::int64_t recorded, std::uint64_t index,
                                  std::vector<std::string>& owners, bool corrections);

  const ledger::Ledger& ledger_;
  std::mutex refreshing_;  // Held by who reads the log; taken before rows_mutex_. Guards persons_.
  std::unordered_map<std::string, std::string> persons_;  // By kid, which is bound once for ever.
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> loaded_ = false;
  const std::uint64_t first_;
  std::uint64_t read_;  // Leaves below are in rows_. Guarded by refreshing_.

  mutable std::mutex rows_mutex_;                                           // Guards what follows.
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> rows_;  // By person, ascending.
};

}  // namespace nguon::server
