#pragma once

#include <string>
#include <string_view>

namespace nguon::ledger {

/// The id of the subject that a first entry starts: kind, ':' and the first 26 symbols (Crockford
/// base 32, upper case, most significant bit first: 130 bits) of SHA-256 over the ASCII
/// `aud.kid.jti`. Made offline, collision-free, and nobody else's to take (DESIGN §3). `aud` is
/// empty in the genesis.
std::string subject_id(std::string_view kind, std::string_view aud, std::string_view kid,
                       std::string_view jti);

/// True for `kind:26 symbols`; kind is 1 to 32 of a–z, 0–9 and inner hyphens, starting with a
/// letter.
bool is_subject(std::string_view text);

/// What stands before the colon; empty when there is none.
std::string_view subject_kind(std::string_view subject);

}  // namespace nguon::ledger
