#pragma once

#include <string>
#include <string_view>

namespace nguon::server {

/// `jws` (an ES256 JWS by the key that PrivateKey::from_seed(es256, seed) is) with another, equally
/// valid signature: always the same one for the same text. An enrolment's proof stands inside the
/// entry that carries it, so there a random signature would change the entry's id from run to run.
/// For keys that are public anyway: the nonce is SHA-256(seed ‖ text), and no time is constant.
std::string with_fixed_signature(const std::string& jws, std::string_view seed);

}  // namespace nguon::server
