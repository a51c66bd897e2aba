#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::string_view proof_bundle_format = "nguon-bundle/2";
/// What a reader accepts and a maker stays below: about the tickets of one big intake lot.
inline constexpr std::size_t max_bundle_entries = 4096;
inline constexpr std::size_t max_bundle_octets = 16 << 20;

/// A leaf and its way to the root of the bundle's checkpoint; or, where `jws` is not empty and all
/// else is, an entry that a later one of the bundle names.
struct BundledEntry {
  std::uint64_t index = 0;
  std::string leaf;
  std::vector<Hash> path;  ///< Leaf's sibling first, ≤ 63.
  std::string jws = {};

  bool named() const { return !jws.empty(); }
  bool operator==(const BundledEntry&) const = default;
};

/// The file itself (FORMAT.md "Proof bundle"), nothing of it believed yet.
struct ProofBundle {
  std::string origin;
  std::string sub;         ///< What it is about.
  std::string checkpoint;  ///< Signed note.
  std::vector<BundledEntry> entries;
  std::vector<std::string> missing;  ///< Entry ids named by prev or from and not here.

  bool operator==(const ProofBundle&) const = default;
};

/// The one spelling of a bundle.
std::string format_proof_bundle(const ProofBundle& bundle);

/// Only what format_proof_bundle() writes, so that every changed octet is seen. Errors:
/// `verify.too-large` (Errc::too_large), `verify.syntax` with the member, `verify.canonical`.
Result<ProofBundle> parse_proof_bundle(std::string_view text);

}  // namespace nguon::ledger
