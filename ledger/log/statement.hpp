#pragma once

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/keys/key.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What the service signs besides entries and receipts (FORMAT.md "Statements"): each kind has its
/// own `typ`, checked exactly by readers, so that none can stand in for another.
namespace nguon::ledger {

inline constexpr std::string_view held_typ = "nguon-held+jwt";
inline constexpr std::string_view refusal_typ = "nguon-refusal+jwt";
inline constexpr std::string_view conflict_typ = "nguon-conflict+jwt";
inline constexpr std::string_view unknown_typ = "nguon-unknown+jwt";

/// The head a refusal, held note or conflict was decided against.
struct DecidedAt {
  std::string aud;
  int engine = 0;
  std::uint64_t size = 0;
  Hash root;
};

std::string sign_held(const PrivateKey& service, std::string_view entry, const DecidedAt& at);
std::string sign_refusal(const PrivateKey& service, std::string_view entry, const DecidedAt& at,
                         const Error& why);
/// `head` is the subject's current head for a stale entry, or the entry id that already bears the
/// jti.
std::string sign_conflict(const PrivateKey& service, std::string_view entry, const DecidedAt& at,
                          const Error& why, std::string_view head);
/// "We do not know this code": no label of `serial` was granted in the log of `size` leaves at Unix
/// second `at`.
std::string sign_unknown(const PrivateKey& service, std::string_view serial, std::string_view aud,
                         std::uint64_t size, const Hash& root, std::int64_t at);

}  // namespace nguon::ledger
