#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/passkeys/ceremony.hpp"
#include "server/passkeys/passkey_book.hpp"
#include "server/session/challenges.hpp"
#include "server/session/session_desk.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a browser says of a passkey just made, signed by the key it shall stand in for; and that
/// one shall go (ledger/FORMAT.md "Passkeys").
inline constexpr std::string_view passkey_typ = "nguon-passkey+jwt";
inline constexpr std::string_view passkey_removal_typ = "nguon-passkey-removal+jwt";

/// What a browser brings to read with a passkey; all octets but `id`.
struct PasskeyAssertion {
  std::string id;  ///< base64url.
  CeremonyAnswer answer;
  std::string signature;
  std::string user_handle;
};

/// Passkeys open read sessions and nothing else: what is entered is signed by a device's own key.
/// Each stands in for one key of one person, made by a statement which that key signed, and opens
/// nothing once that key may not read. Nothing here counts failures, so nobody can lock anybody
/// out. Thread-safe; may block.
class PasskeyDesk {
 public:
  static constexpr std::size_t most_of_person = 8;
  static constexpr std::size_t most_name_octets = 160;

  /// What is referred to outlives it. Errors: those of PasskeyBook::open, `store.*`.
  static ledger::Result<std::unique_ptr<PasskeyDesk>> open(std::string path,
                                                           const ledger::Ledger& ledger,
                                                           const ledger::Clock& clock,
                                                           SessionDesk& sessions);

  /// base64url; good for 120 s, once, to make one for that key, or to read with any.
  std::string challenge_to_make(std::string_view kid) const;
  std::string challenge_to_read() const;
  /// By which an authenticator tells persons apart, 32 octets: says nothing to anybody else.
  std::string user_handle(std::string_view person) const;

  /// Keeps what a statement of passkey_typ says was made. The same again is the same. Errors:
  /// `jws.*`, `passkey.statement` with the member, `passkey.signer` (Errc::forbidden),
  /// `passkey.ended` (Errc::forbidden: the key may not read), those of check_ceremony(),
  /// `passkey.challenge`, `passkey.known` and `passkey.full` (Errc::conflict), those of Notebook.
  ledger::Result<Passkey> add(std::string_view jws, const RelyingParty& party);
  /// Takes one of the signer's person out and ends what it opened; well too where there is none.
  /// Errors: `jws.*`, `passkey.statement`, `passkey.signer`, those of Notebook.
  ledger::Result<void> remove(std::string_view jws);

  /// WebAuthn §7.2. Errors: `passkey.unknown` (Errc::not_found), those of check_ceremony() and
  /// check_assertion_signature(), `passkey.rp` (made for another host), `passkey.challenge`,
  /// `passkey.person` (the handle is another's), `passkey.authenticator` (portable or not, unlike
  /// when it was made), `passkey.count` (Errc::forbidden: gone back, now or before),
  /// `passkey.ended`, those of Notebook.
  ledger::Result<BegunSession> begin(const PasskeyAssertion& assertion, const RelyingParty& party);

  /// Oldest first. Errors: `store.*`, those of Notebook.
  ledger::Result<std::vector<Passkey>> of_person(const std::string& person);

  /// Passkeys of keys that ended and of persons who were erased are not on the disk any more once
  /// this returns well. Errors: `store.*`, those of Notebook.
  ledger::Result<void> catch_up();

 private:
  PasskeyDesk(const ledger::Ledger& ledger, const ledger::Clock& clock, SessionDesk& sessions)
      : ledger_(ledger), clock_(clock), sessions_(sessions), challenges_(clock) {}
  ledger::Result<void> forget_ended();
  ledger::Result<void> count(Passkey& passkey, std::uint32_t now);

  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  SessionDesk& sessions_;
  Challenges challenges_;
  std::mutex mutex_;  // Guards all below.
  std::unique_ptr<PasskeyBook> book_;
  std::uint64_t looked_at_ = 0;
};

}  // namespace nguon::server
