#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// C2SP tlog-witness: what a log sends to a witness to have a checkpoint cosigned.
struct AddCheckpoint {
  std::uint64_t old_size = 0;  ///< Of the checkpoint this witness cosigned last; 0 for none.
  std::vector<Hash> path;      ///< RFC 6962 §2.1.2, from old_size to the checkpoint's; ≤ 63.
  std::string checkpoint;      ///< Signed note, verbatim.

  bool operator==(const AddCheckpoint&) const = default;
};

/// C2SP's bound: a tree below 2^63 leaves needs no longer a path.
inline constexpr std::size_t max_add_checkpoint_path = 63;

std::string format_add_checkpoint(const AddCheckpoint& request);
/// Grammar only, that of the note and its checkpoint included. Errors: `witness.request`; those of
/// parse_note() and parse_checkpoint_text().
Result<AddCheckpoint> parse_add_checkpoint(std::string_view octets);

}  // namespace nguon::ledger
