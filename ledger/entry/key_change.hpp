#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/keys/key.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::string_view key_change_name = "log.keys";

/// What a key of the log itself is for.
enum class KeyUse { log, service, root };

/// "log", "service" or "root": the member of `data` and the claim `use`.
std::string_view use_name(KeyUse use);

/// What a `log.keys` entry says (FORMAT.md "Change of keys").
struct KeyChange {
  struct Added {
    KeyUse use = KeyUse::log;
    PublicKey key;
  };
  /// A checkpoint by a log key then in force, with the path of index 0 in it.
  struct Before {
    std::string checkpoint;
    std::vector<Hash> path;
  };
  std::vector<Added> added;
  std::vector<std::string> retired;  ///< Kids.
  std::optional<Before> before;
};

/// Reads one, proofs of possession checked. Whether it may be is for change_signers() to say, and
/// `before` for whoever holds the leaves. Errors: `data.member`, `key.jwk`, `key.alg`,
/// `keys.proof`, `keys.nothing`.
Result<KeyChange> read_key_change(const Entry& entry);

/// `data.before`, absent where there is none. Errors: `data.member`.
Result<std::optional<KeyChange::Before>> read_before(const Entry& entry);

/// The proof that goes into `data`: a JWS by the new key over {aud, org, use}.
std::string prove_possession(const PrivateKey& key, KeyUse use, std::string_view aud,
                             std::string_view org);

}  // namespace nguon::ledger
