#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/log/checkpoint.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// C2SP tlog-proof, the text `c2sp.org/tlog-proof@v1`: that a leaf is in a log, checkable offline
/// by who knows the log's public key.
struct TlogProof {
  std::optional<std::string> extra;  ///< Opaque octets, authenticated by nothing.
  std::uint64_t index = 0;
  std::vector<Hash> path;  ///< Leaf's sibling first, ≤ 63.
  std::string checkpoint;  ///< Signed note, verbatim.

  bool operator==(const TlogProof&) const = default;
};

std::string format_tlog_proof(const TlogProof& proof);
/// Grammar only. Errors: `proof.syntax`; those of parse_note().
Result<TlogProof> parse_tlog_proof(std::string_view text);

/// The checkpoint, once its signature by `log` and the path from `leaf` (a leaf hash) to its root
/// hold. Errors: those of open_checkpoint(); `proof.inclusion`.
Result<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                                     const NoteVerifier& log);

}  // namespace nguon::ledger
