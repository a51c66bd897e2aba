#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/session/challenges.hpp"
#include "server/session/viewer.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// A session just begun: `token` is what the cookie holds.
struct BegunSession {
  std::string token;
  Viewer reader;
  std::int64_t until = 0;  ///< Unix seconds.
};

inline constexpr std::string_view session_typ = "nguon-session+jwt";
inline constexpr std::int64_t session_s = 12 * 3600;
inline constexpr std::int64_t challenge_s = Challenges::good_s;

/// Read sessions by signed challenge or by passkey (ledger/FORMAT.md "Private reads"). In memory
/// alone: after a restart a device signs another challenge, which nobody sees. Thread-safe.
class SessionDesk {
 public:
  /// Both outlive it.
  SessionDesk(const ledger::Ledger& ledger, const ledger::Clock& clock);

  /// A nonce good for challenge_s. Nothing is kept of it, so nobody can use up other people's.
  std::string challenge() const;

  /// Errors: `jws.*`, `session.challenge` (not ours, or too old), `session.aud`, `session.key`
  /// (Errc::forbidden: unknown, ended, or no person's).
  ledger::Result<BegunSession> begin(std::string_view jws);
  /// The same for whoever proved to hold that passkey of that key. Errors: `passkey.ended`
  /// (Errc::forbidden: may_read_by_passkey() says no), `store.*`.
  ledger::Result<BegunSession> begin_by_passkey(const std::string& kid, const std::string& passkey);

  /// Absent when the session is over, its key has ended, or there is none. Errors: `store.*`.
  ledger::Result<std::optional<Viewer>> who(std::string_view token);
  void end(std::string_view token);
  /// Every session that this passkey began: it was removed.
  void end_of_passkey(std::string_view passkey);

 private:
  struct Kept {
    std::string kid;
    std::string passkey;  ///< Its id; empty where the key itself signed.
    std::int64_t until = 0;
  };

  BegunSession open(Viewer reader, const std::string& passkey);

  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  const Challenges challenges_;
  std::mutex mutex_;                                   // Guards sessions_.
  std::map<std::string, Kept, std::less<>> sessions_;  // By token.
};

}  // namespace nguon::server
