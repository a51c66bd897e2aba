#pragma once

#include "ledger/log/note.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

// C2SP tlog-cosignature, the Ed25519 kind: a witness's word that at some time the checkpoint named
// the largest tree of its log that it had seen, and that each was a beginning of the next.

/// Octets of a cosignature in its line: time (8, big-endian) ‖ Ed25519 (64).
inline constexpr std::size_t cosignature_size = 72;

/// What the witness signs: `cosignature/v1`, `time <time>`, then the note text. `time` in Unix
/// seconds.
std::string cosigned_text(std::uint64_t time, std::string_view text);

/// The line by which `witness` (made by make_witness() of the key's public half) cosigns `text`, LF
/// included.
std::string cosignature_line(std::string_view text, std::uint64_t time, const NoteVerifier& witness,
                             const PrivateKey& key);

/// The Unix seconds a cosignature names; absent when it is not 72 octets or the time is over
/// 2^63 − 1. Nothing is verified: open_note() does that.
std::optional<std::uint64_t> cosignature_time(std::string_view octets);

/// True when `octets` is this key's cosignature of `text`.
bool verify_cosignature(std::string_view text, std::string_view octets, const PublicKey& key);

}  // namespace nguon::ledger
