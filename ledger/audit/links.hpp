#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// A logged entry, and the one inside where it is an `entry.adopt`.
struct LinkedEntry {
  std::uint64_t index = 0;
  std::int64_t recorded = 0;  ///< Unix ms, the operator's clock.
  Entry entry;
  std::optional<Entry> inner;

  /// The entry whose claims took effect.
  const Entry& effective() const { return inner ? *inner : entry; }
};

/// The entry of a leaf by grammar alone: no signature is checked. Errors: those of parse_jws() and
/// parse_claims(); `adopt.entry`.
Result<LinkedEntry> read_linked(std::uint64_t index, std::int64_t recorded, std::string_view jws);

/// Whether `prev` had to be the subject's head. A type this program does not know is taken for a
/// fact of the field, whose order nobody promised.
bool is_strict(const Entry& effective);

/// The JWKs an entry enrols: those of a genesis but the log's, which signs no entry, or the one of
/// a `key.add`, or the service and root keys of a `log.keys`. Canonical or not, as they stand
/// there.
std::vector<std::string> enrolled_jwks(const Entry& entry);

/// `data.kid` of a `key.revoke`, `data.retire` of a `log.keys`; empty for every other entry.
std::vector<std::string> revoked_kids(const Entry& entry);

/// Entry ids that `prev` or `from` of these entries name and that are no entry of the named subject
/// among them: ascending, each once.
std::vector<std::string> missing_links(const std::vector<const LinkedEntry*>& entries);

}  // namespace nguon::ledger
