#pragma once

#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// A law that forbids to erase a value yet.
struct KeepingDuty {
  std::string law;    ///< As Vietnamese texts cite it.
  std::string until;  ///< Last day, YYYY-MM-DD.
};

/// One private value of a person that is still held.
struct HeldValue {
  std::string entry;  ///< Id of the entry whose slot it is.
  std::string sub;
  std::string type;                 ///< `batch.receive/1`.
  std::string slot;                 ///< `/supplier`.
  std::optional<KeepingDuty> duty;  ///< Absent: nothing demands to keep it.
};

/// The values that belong to `person` (FORMAT.md "Vault") among the entries with these indexes, and
/// what the law says of each on `today`:
///
/// - who delivered a lot, and the name and place of a supplier: Circular 17/2021/TT-BNNPTNT, six
///   months for fresh goods, 24 for processed ones, or twelve after the day they expire;
/// - where coffee was grown: Regulation (EU) 2023/1115, five years after the last harvest there.
///
/// Errors: `store.*`.
ledger::Result<std::vector<HeldValue>> held_values(const ledger::Ledger& ledger,
                                                   const std::string& person,
                                                   std::span<const std::uint64_t> entries,
                                                   std::string_view today);

}  // namespace nguon::server
