#pragma once

#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Size and root as stored under keys::head().
std::string encode_head(const TreeHead& head);
Result<TreeHead> decode_head(std::string_view octets);

/// `{"recorded":<unix ms>,"entry":"<JWS>"}` exactly so (DESIGN §3).
std::string encode_leaf(std::int64_t recorded, std::string_view jws);
/// Errors: `log.leaf` (Errc::corrupt) unless encode_leaf() could have written it.
Result<Leaf> decode_leaf(std::uint64_t index, std::string_view text);

/// Id of the entry in a leaf: SHA-256 of its JWS's signing input.
Hash id_of(const Leaf& leaf);

}  // namespace nguon::ledger
