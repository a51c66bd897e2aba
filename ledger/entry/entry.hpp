#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/hash.hpp"
#include "ledger/keys/key.hpp"

namespace nguon::ledger {

/// One consumed input (claim `from`). Amount and unit are verbatim; apply converts them.
struct Input {
  std::string sub;
  std::string head;  ///< Entry id of that subject known to the maker, 43 symbols.
  std::string amount;
  std::string unit;
};

/// The newest checkpoint the device knew (claim `seen`).
struct Seen {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
};

/// What a person signed, parsed and grammar-checked (FORMAT.md "Entry"). Public claims only: private
/// slots stand in `data` as {"_sd":["<digest>"]}.
struct Entry {
  std::string jws;  ///< `header.payload.signature`, verbatim: what is logged.
  std::string id;   ///< base64url of SHA-256 over `header.payload`: 43 symbols.
  std::string kid;
  Alg alg = Alg::es256;
  std::string aud;   ///< Deployment id; empty only in the genesis entry.
  std::string jti;   ///< UUIDv7, 36 lower-case symbols.
  std::string type;  ///< `batch.harvest/1`.
  std::string sub;
  std::optional<std::string> prev;
  std::vector<Input> from;
  std::int64_t iat = 0;  ///< Device time, Unix seconds: a claim, never a validity check.
  std::optional<Seen> seen;
  std::optional<std::string> on_behalf_of;  ///< Claim `for`.
  boost::json::object data;

  /// Whether it is of the type `name` (`batch.harvest`), in whatever major.
  bool is(std::string_view name) const {
    return type.starts_with(name) && type.size() > name.size() && type[name.size()] == '/';
  }
};

/// One disclosure, matched to the slot that carries its digest.
struct Disclosure {
  std::string text;     ///< base64url, verbatim, as RFC 9901 hashes it.
  std::string digest;   ///< base64url SHA-256 of `text`.
  std::string pointer;  ///< JSON Pointer of its slot within `data`.
  boost::json::value value;
};

/// A submission that passed admission.
struct Admitted {
  Entry entry;
  std::vector<Disclosure> disclosures;
};

/// Limits of DESIGN §3, in octets.
inline constexpr std::size_t max_jws_size = 16 * 1024;
inline constexpr std::size_t max_adopt_jws_size = 40 * 1024;
inline constexpr std::size_t max_disclosures_size = 16 * 1024;
inline constexpr std::size_t max_inputs = 64;

}  // namespace nguon::ledger
