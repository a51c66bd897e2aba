#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/keys/key.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::string_view head_typ = "nguon-head+jwt";
inline constexpr std::size_t max_head_octets = 4096;

/// What a head statement says (FORMAT.md "Subject heads"): of the first `size` leaves of the log,
/// `count` are entries of `sub`, and `root` is the RFC 6962 root over their ids.
struct HeadClaims {
  std::string aud;
  std::string origin;
  std::string sub;
  std::uint64_t count = 0;  ///< 1…size.
  Hash root;
  std::uint64_t size = 0;
  Hash log_root;
  std::int64_t minute = 0;  ///< Unix seconds, a multiple of 60.

  bool operator==(const HeadClaims&) const = default;
};

std::string sign_head(const PrivateKey& service, const HeadClaims& claims);

/// Reads a statement and checks its signature. Whether `aud`, `origin` and `log_root` are those of
/// the log in question is the caller's to ask. Errors: `jws.*`, `json.*`, `head.claims`.
Result<HeadClaims> open_head(std::string_view jws, const PublicKey& service);

/// Whether the first `count` of these ids are all entries of the subject, in order: "nothing was
/// left out". Ids beyond `count` are newer than the statement.
bool proves_all(const HeadClaims& claims, const std::vector<Hash>& ids);

/// Whether the entry stands at `position` of the subject's history (RFC 6962 §2.1.1).
bool proves_entry(const HeadClaims& claims, const Hash& id, std::uint64_t position,
                  const std::vector<Hash>& path);

}  // namespace nguon::ledger
