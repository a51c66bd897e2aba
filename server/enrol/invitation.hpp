#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What an office says to the phone that is to get a key (ledger/FORMAT.md "Enrolment proof").
struct Invitation {
  std::string id;    ///< SHA-256 of the signing input, base64url: the office asks by it.
  std::string kid;   ///< Who invites.
  std::string code;  ///< 16 symbols, the phone asks by it. Secret until used.
  std::string name;  ///< Personal: for the holder's eyes.
  std::string org;
  std::string person;
  std::vector<std::string> roles;
  std::int64_t until = 0;  ///< Unix seconds.
};

inline constexpr std::string_view invitation_typ = "nguon-invitation+jwt";
inline constexpr std::size_t max_invitation_octets = 4096;
inline constexpr std::int64_t longest_invitation_s = 24 * 3600;

/// Grammar alone; whoever signed it is checked by EnrolDesk. `aud` is the deployment's id. Errors:
/// `jws.*`, `enrol.invitation` naming the member, `enrol.aud`.
ledger::Result<Invitation> read_invitation(std::string_view text, std::string_view aud);

/// The code as people copy it: case-blind, O as 0, I and L as 1, blanks and hyphens ignored; empty
/// where it is none.
std::string read_enrolment_code(std::string_view typed);

}  // namespace nguon::server
