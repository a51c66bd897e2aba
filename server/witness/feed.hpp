#pragma once

#include "ledger/log/witness_policy.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// A log as its witnesses are shown it. Thread-safe functions that outlive the feed.
struct OfferedLog {
  /// Its keys in force; not empty.
  std::function<std::vector<ledger::NoteVerifier>()> keys;
  /// The newest published checkpoint, a signed note.
  std::function<std::string()> checkpoint;
  /// RFC 6962 §2.1.2; 0 < from ≤ to ≤ the published size.
  std::function<ledger::Result<std::vector<ledger::Hash>>(std::uint64_t from, std::uint64_t to)>
      consistency;
  /// Takes each checkpoint with the lines that a witness gave it, verified. May block for a commit.
  std::function<void(const std::string& note)> keep = [](const std::string&) {};
};

/// What came back from a witness.
struct WitnessReply {
  int status = 0;
  std::string body;
};
/// Posts `body` to `url`; blocks for some seconds at most. An Error: nothing came back.
using WitnessPost =
    std::function<ledger::Result<WitnessReply>(const std::string& url, const std::string& body)>;

/// Carries each published checkpoint to the witnesses of a policy that have a URL and collects
/// their cosignatures. Publishing never waits for them: a checkpoint is served at once, with as
/// many lines as it has by then. One thread per witness, so that a slow one delays nobody.
class WitnessFeed {
 public:
  /// One witness as it stands.
  struct Peer {
    std::string name;  ///< As the policy calls it.
    std::string vkey;
    std::uint64_t size = 0;  ///< Of the checkpoint it cosigned last, as far as it told; 0 for none.
    std::uint64_t at = 0;    ///< Unix seconds of its last cosignature to us; 0 for none.
    std::string fault;       ///< Rule id of what went wrong last; empty when all is well.
  };
  struct Timing {
    std::chrono::milliseconds look{200};     ///< Between looks for a new checkpoint.
    std::chrono::milliseconds retry{1'000};  ///< After a failure, doubled each time up to:
    std::chrono::milliseconds retry_most{60'000};
    /// An unchanged checkpoint is cosigned again, so that its age shows that nobody is kept in the
    /// past.
    std::chrono::milliseconds renew{600'000};
  };

  /// Asks every witness once, then goes on by itself. One that cannot be reached is tried again
  /// later. Errors: `start.witness-ahead` when one has cosigned a larger tree of this log, or says
  /// that this one does not extend what it cosigned: this is an old copy, and must not sign.
  static ledger::Result<std::unique_ptr<WitnessFeed>> open(OfferedLog log,
                                                           ledger::WitnessPolicy policy,
                                                           WitnessPost post, Timing timing);
  static ledger::Result<std::unique_ptr<WitnessFeed>> open(OfferedLog log,
                                                           ledger::WitnessPolicy policy,
                                                           WitnessPost post) {
    return open(std::move(log), std::move(policy), std::move(post), Timing{});
  }
  /// Asks every witness once and is done: how they stand to the log, in the policy's order.
  static std::vector<Peer> ask(OfferedLog log, ledger::WitnessPolicy policy, WitnessPost post);
  /// It has cosigned more than the log holds.
  static bool is_ahead(const Peer& peer);
  /// It has cosigned what this log is no continuation of.
  static bool is_apart(const Peer& peer);
  ~WitnessFeed();
  WitnessFeed(const WitnessFeed&) = delete;
  WitnessFeed& operator=(const WitnessFeed&) = delete;

  /// The newest published checkpoint with the cosignatures it has so far.
  std::string checkpoint() const;
  /// How far that one is witnessed.
  ledger::WitnessPolicy::Standing standing() const;
  std::vector<Peer> peers() const;

 private:
  class Impl;
  explicit WitnessFeed(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace nguon::server
