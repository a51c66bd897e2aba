#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// What a witness keeps of one log (FORMAT.md "Witnesses").
struct WitnessRecord {
  std::uint64_t since = 0;  ///< Unix seconds of the first cosignature.
  std::string note;         ///< The last checkpoint, with the log's lines and the cosignature.

  bool operator==(const WitnessRecord&) const = default;
};

std::string format_witness_record(const WitnessRecord& record);
/// Grammar only, that of the note included. Errors: `witness.state` (Errc::corrupt).
Result<WitnessRecord> parse_witness_record(std::string_view octets);

}  // namespace nguon::ledger
