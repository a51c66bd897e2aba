#pragma once

#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace nguon::server {

/// Which entries are of one person: those about the person, entered for the person, or signed by
/// the person. In memory, four octets an entry and person, read from the log the first time
/// somebody asks and followed from there. Thread-safe.
class PersonalEntries {
 public:
  explicit PersonalEntries(const ledger::Ledger& ledger) : ledger_(ledger) {}

  /// Their log indexes, ascending, as of a head no older than the one released when asked. The
  /// first time it reads the whole log: some ten seconds for a million entries. Errors:
  /// `rights.loading` (Errc::too_busy) while another thread does that, `store.*`.
  ledger::Result<std::vector<std::uint64_t>> of(const std::string& person);

 private:
  ledger::Result<void> read_on();

  const ledger::Ledger& ledger_;
  std::mutex mutex_;  // Guards all below.
  std::uint64_t read_ = 0;
  std::unordered_map<std::string, std::string> persons_;  // By kid.
  std::unordered_map<std::string, std::vector<std::uint32_t>> entries_;
};

}  // namespace nguon::server
