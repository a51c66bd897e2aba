#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/enrol/invitation.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// A phone's key, offered for an invitation.
struct OfferedKey {
  std::string jwk;    ///< Canonical text.
  std::string proof;  ///< JWS by that key.
  std::string kid;
};

/// What both sides may see of an invitation.
struct Enrolment {
  Invitation invitation;
  std::optional<OfferedKey> offer;
  bool done = false;  ///< The offered key is in the log, for that person.
};

/// Carries invitations and offers between office and phone. Keeps them in memory alone: they last
/// minutes, hold a name, and an office that finds its invitation gone makes another. What is valid
/// is decided by the log when `key.add` is submitted; here only what would waste people's time is
/// refused. Thread-safe.
class EnrolDesk {
 public:
  /// Both outlive it.
  EnrolDesk(const ledger::Ledger& ledger, const ledger::Clock& clock);

  /// Takes an office's invitation. The same again is the same. Errors: read_invitation()'s,
  /// `enrol.until`, `enrol.signer` (Errc::forbidden: unknown, ended, or nobody who may enrol for
  /// that organisation), `jws.signature`, `enrol.code-taken` (Errc::conflict), `enrol.full`
  /// (Errc::too_busy: this signer's are too many).
  ledger::Result<Enrolment> invite(std::string_view jws);

  /// By its code, as the phone asks. Errors: `enrol.unknown` (Errc::not_found): never was, is over,
  /// or was used by another phone.
  ledger::Result<Enrolment> by_code(std::string_view code);
  /// By its id, as the office asks. Same error.
  ledger::Result<Enrolment> by_id(std::string_view id);

  /// The phone's key for the invitation with this code. Errors: `enrol.unknown`, `key.jwk`,
  /// `key.proof`, `key.bound` (Errc::conflict: in the log already), `enrol.offers`
  /// (Errc::forbidden: ten were made).
  ledger::Result<Enrolment> offer(std::string_view code, const std::string& jwk,
                                  std::string_view proof);

  /// The office takes it back. Errors: `enrol.unknown`.
  ledger::Result<void> withdraw(std::string_view id);

 private:
  struct Kept {
    Enrolment enrolment;
    int offers = 0;
  };
  using Table = std::map<std::string, Kept, std::less<>>;

  void forget_old(std::int64_t now_s);
  Table::iterator find_id(std::string_view id);
  ledger::Result<Enrolment> told(Kept& kept);
  ledger::Result<void> check_signer(std::string_view jws, const Invitation& invitation) const;

  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  std::mutex mutex_;  // Guards all below.
  Table by_code_;
};

}  // namespace nguon::server
