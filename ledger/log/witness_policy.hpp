#pragma once

#include "ledger/log/checkpoint.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::size_t max_policy_size = 64 * 1024;
/// Logs, witnesses and groups of a policy, each; C2SP asks for at least 32.
inline constexpr std::size_t max_policy_items = 64;

/// C2SP tlog-policy: which logs one knows, which witnesses, and how many of them must have cosigned
/// a checkpoint before one believes it. Ed25519 keys only. Immutable.
class WitnessPolicy {
 public:
  struct Log {
    NoteVerifier key;
    std::string url;  ///< Opaque; empty when none is written.
  };
  struct Witness {
    std::string name;  ///< Within the policy; the key has its own.
    NoteVerifier key;
    std::string url;  ///< Its submission prefix; empty when none is written.
  };
  /// How far a checkpoint is witnessed: "k of n".
  struct Standing {
    Checkpoint checkpoint;
    /// Per witness, in order: the Unix seconds of its cosignature. Absent: it has not cosigned.
    std::vector<std::optional<std::uint64_t>> times;
    bool quorum = false;

    std::size_t cosigned() const;
  };

  /// Errors, `detail` naming the line: `policy.syntax`, `policy.name`, `policy.key`;
  /// `policy.too-large`.
  static Result<WitnessPolicy> parse(std::string_view text);

  const std::vector<Log>& logs() const { return logs_; }
  const std::vector<Witness>& witnesses() const { return witnesses_; }

  /// Opens a checkpoint signed by one of `logs` (the policy's own, or what the caller trusts) and
  /// counts the cosignatures. Errors: those of open_note(), a bad line of any witness of the policy
  /// among them; `note.unknown-keys` unless a log named like the origin signed; `checkpoint.*`.
  Result<Standing> judge(std::string_view note, std::span<const NoteVerifier> logs) const;
  /// The keys of logs().
  std::vector<NoteVerifier> log_keys() const;

 private:
  friend class PolicyReader;
  /// A name that the quorum or a group may use, as the lines define them.
  struct Member {
    std::string name;
    std::optional<std::size_t> witness;  ///< Else a group:
    std::size_t least = 0;
    std::vector<std::size_t> members;  ///< Of members_, all earlier.
  };

  WitnessPolicy() = default;
  bool quorum(const std::vector<std::optional<std::uint64_t>>& times) const;

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Member> members_;
  std::optional<std::size_t> quorum_;  ///< Of members_; absent for `quorum none`.
};

}  // namespace nguon::ledger
