#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"

#include <cstdint>
#include <functional>
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

/// Whether it enrols or ends keys, so that its place in the log counts and must be proved by a
/// path.
bool moves_keys(const LinkedEntry& linked);

/// One text `<subject> <entry id>` each.
struct EntryLinks {
  std::vector<std::string> own;    ///< Of the entry, then of the one inside.
  std::vector<std::string> named;  ///< By `prev` and `from`.
};

EntryLinks links_of(const LinkedEntry& linked);

/// Whether the entry at this place has a path of its own, given the place of the first logged one
/// that backs it.
using IsLogged = std::function<bool(std::size_t place, std::optional<std::size_t> backer)>;

/// By place, in log order: its own where the entry is logged; else that of the first logged one
/// that commits to it by a chain of names; none where nothing does.
std::vector<std::optional<std::size_t>> backers_of(const std::vector<const EntryLinks*>& entries,
                                                   const IsLogged& is_logged);

/// Entry ids that `prev` or `from` of these entries name and that are no entry of the named subject
/// among them: ascending, each once.
std::vector<std::string> missing_links(const std::vector<const EntryLinks*>& entries);

}  // namespace nguon::ledger
