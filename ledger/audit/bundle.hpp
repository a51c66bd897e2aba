#pragma once

#include "ledger/audit/key_chain.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// One file that proves what the log says of `sub` to anybody who knows the log's public key
/// (FORMAT.md "Proof bundle"): its history, everything upstream by `from` and `prev`, the products,
/// sites, organisations, decisions and certificates named, and the enrolment of every signer. At
/// most max_bundle_entries, nearest first; what had to stay out is in `missing`. Thread-safe.
/// Errors: `subject.not-found` (Errc::not_found) when the log has no entry of `sub`; `store.*`.
Result<std::string> make_bundle(const Ledger& ledger, std::string_view sub);

/// Makes bundles one after the other, and remembers the entries they share. Thread-safe; `ledger`
/// outlives it.
class BundleDesk {
 public:
  explicit BundleDesk(const Ledger& ledger);
  ~BundleDesk();
  /// As make_bundle().
  Result<std::string> make(std::string_view sub) const;

  class Shelf;

 private:
  const Ledger& ledger_;
  const std::unique_ptr<Shelf> shelf_;
};

/// One entry that a bundle proves: by its own place in the log, or by the logged entry that names
/// it.
struct ProvenEntry {
  std::uint64_t index = 0;    ///< Where `named`, of what backs it, as is `recorded`: it is older.
  std::int64_t recorded = 0;  ///< Unix ms by the operator's clock: shown, never trusted.
  bool named = false;
  std::int64_t iat = 0;  ///< Unix seconds by the device's clock: a claim.
  std::string id;
  std::string type;  ///< Of the entry inside, for an `entry.adopt`.
  std::string sub;
  std::string kid;
  bool adopted = false;

  bool operator==(const ProvenEntry&) const = default;
};

/// What a bundle proves, and which names it leaves open.
struct BundleReport {
  std::string origin;
  TreeHead head;  ///< Of the checkpoint.
  std::string sub;
  std::vector<ProvenEntry> entries;  ///< In log order.
  std::vector<std::string> missing;  ///< Entry ids named but neither here nor proven.
  KeyChain keys;                     ///< Of the log itself, as far as this file proves them.
};

/// Believes nothing but `vkey`, a C2SP verifier key of the log: its newest, or an older one that
/// the `log.keys` entries here lead on from. Thread-safe, no I/O. Errors name the rule, the place
/// in the file and, once known, the log index: `note.vkey`; those of parse_proof_bundle() and
/// open_checkpoint(); `verify.origin`, `verify.order` (indexes rise and are below the checkpoint's
/// size), `verify.inclusion` (of a named entry: that nothing logged here names it), `verify.named`
/// (it enrols or ends keys and has no place of its own), `log.leaf`, `verify.genesis`, `verify.key`
/// (no enrolment before), `verify.revoked`, `verify.aud`, `verify.subject` (the id a first entry
/// derives), `verify.prev`, `verify.fork` (two successors in a strict order), `verify.missing` (the
/// list of absent entries is not exact), `verify.sub`, `verify.log-key`, `keys.*`, and those of
/// check_grammar_and_signature().
Result<BundleReport> verify_bundle(std::string_view text, std::string_view vkey);

/// For people: one line per entry, then what the file cannot prove. Ends with LF.
std::string report_text(const BundleReport& report);

}  // namespace nguon::ledger
