#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/entry/key_change.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/note.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Which keys spoke for a log, under which names and how long, to a reader who trusts one of its
/// log keys (FORMAT.md "Change of keys", "Successor log"). Fed with index 0 and every `log.keys`
/// and `log.succeed`, in log order, each signed by the key it names; that they are in the log is
/// shown by the checkpoint that open() believes.
class KeyChain {
 public:
  /// `leaf` is the leaf hash of index 0. Errors: `verify.genesis` when it carries no such keys.
  static Result<KeyChain> begin(const Entry& genesis, const Hash& leaf);

  /// A `log.keys` or `log.succeed`; any other entry is passed over. Errors: those of
  /// read_key_change(), change_signers() and read_succession(); `keys.signer` for a signer not in
  /// charge, `keys.subject`, `succeed.*`.
  Result<void> add(std::uint64_t index, const Entry& entry);

  /// The same of an entry whose signature nobody has checked. Errors: also those of verify_jws().
  Result<void> add_signed(std::uint64_t index, const Entry& entry);

  /// The checkpoint as `trusted` alone leads to it: its key is one of this log, it signed the note
  /// or the `before` of a change, and it or a later one, in force at that size, signed the note.
  /// Errors: `verify.genesis` when the key is none of this log's or did not vouch for this index 0,
  /// `verify.log-key` when it was signed by a retired or an earlier key, those of
  /// open_checkpoint().
  Result<Checkpoint> open(std::string_view note, const NoteVerifier& trusted) const;

  /// The service key with this kid, if it spoke of a log of `size` leaves. Errors:
  /// `verify.service-key`.
  Result<PublicKey> service(const std::string& kid, std::uint64_t size) const;

  /// The name of the log at a size ≥ 1.
  const std::string& origin(std::uint64_t size) const { return name_at(size).origin; }
  /// A service key of this log, in force or not; null when it is none.
  const PublicKey* find_service(const std::string& kid) const;

 private:
  const OriginTerm& name_at(std::uint64_t size) const;
  Result<void> succeed(std::uint64_t index, const Entry& entry);
  const PublicKey* find(const std::string& kid) const;
  const KeyTerm* log_term(const std::string& kid) const;
  std::vector<NoteVerifier> in_force(std::uint64_t size, std::int64_t from) const;
  bool vouched(const NoteVerifier& trusted) const;

  std::vector<OriginTerm> names_;  // Oldest first; never empty after begin().
  std::string aud_;
  std::string operator_org_;
  Hash first_leaf_;
  SignersRecord signers_;
  std::map<std::string, PublicKey> keys_;  // By kid, all uses.
  std::vector<KeyChange::Before> before_;
};

/// Whether this entry is one that add() takes.
bool changes_log(const Entry& entry);

/// Whether the payload of this compact JWS may be of such an entry: cheap, for whoever looks for
/// the few of them among all leaves, and never wrong with a no.
bool may_change_log(std::string_view jws);

}  // namespace nguon::ledger
