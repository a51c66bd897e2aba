#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::string_view proof_bundle_format = "nguon-bundle/2";
/// What a reader accepts and a maker stays below: about the tickets of one big intake lot.
inline constexpr std::size_t max_bundle_entries = 4096;
inline constexpr std::size_t max_bundle_octets = 16 << 20;

/// What a leaf says of an entry besides its text.
struct LogPlace {
  std::uint64_t index = 0;
  std::int64_t recorded = 0;  ///< Unix ms.

  bool operator==(const LogPlace&) const = default;
};

/// An entry with its text in clear, which compresses to half of what base64url does.
struct BundledEntry {
  /// `jws` as a logged leaf holds it. Errors: `verify.syntax` unless it is three parts of
  /// base64url.
  static Result<BundledEntry> from(std::string_view jws, std::optional<LogPlace> logged);

  /// Compact form, RFC 7515 §3.1.
  std::string jws() const;

  std::optional<LogPlace> logged;  ///< None: a later entry of the bundle names it.
  std::string header;              ///< Octets that were signed, as is `payload`.
  std::string payload;
  std::string signature;  ///< base64url

  bool operator==(const BundledEntry&) const = default;
};

/// The file itself (FORMAT.md "Proof bundle"), nothing of it believed yet.
struct ProofBundle {
  std::string origin;
  std::string sub;         ///< What it is about.
  std::string checkpoint;  ///< Signed note.
  std::vector<BundledEntry> entries;
  std::vector<Hash> proof;  ///< Joint path of those that are logged, to the checkpoint's root.
  std::vector<std::string> missing;  ///< Entry ids named by prev or from and not here.

  bool operator==(const ProofBundle&) const = default;
};

/// Header, payload and signature of an entry as the file spells them, without its place and braces.
std::string spell(const BundledEntry& entry);

/// Writes the file from its parts, for whoever keeps entries spelled.
class BundleWriter {
 public:
  /// `octets`: about how long the file will be.
  BundleWriter(std::string_view origin, std::string_view sub, std::string_view checkpoint,
               std::size_t octets = 0);
  /// In log order; `spelled` by spell().
  void add(const std::optional<LogPlace>& logged, std::string_view spelled);
  /// Once, at last.
  std::string finish(const std::vector<Hash>& proof, const std::vector<std::string>& missing);

 private:
  std::string text_;
};

/// The one spelling of a bundle.
std::string format_proof_bundle(const ProofBundle& bundle);

/// Only what format_proof_bundle() writes, so that every changed octet is seen. Errors:
/// `verify.too-large` (Errc::too_large), `verify.syntax` with the member, `verify.canonical`.
Result<ProofBundle> parse_proof_bundle(std::string_view text);

}  // namespace nguon::ledger
