#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/log/note.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// C2SP tlog-checkpoint: what a log says of itself at one size.
struct Checkpoint {
  std::string origin;  ///< `<log host>/log/<n>`; not empty, no LF.
  std::uint64_t size = 0;
  Hash root;

  bool operator==(const Checkpoint&) const = default;
};

/// Sizes beyond this are refused: other readers hold them in a signed 64-bit number.
inline constexpr std::uint64_t max_tree_size = (1ULL << 63) - 1;

/// The note text: three lines, each ended by LF.
std::string checkpoint_text(const Checkpoint& checkpoint);

/// The first three lines; further ones (extensions, which C2SP discourages but allows; we write
/// none) must not be empty and are not kept. Errors: `checkpoint.syntax`.
Result<Checkpoint> parse_checkpoint_text(std::string_view text);

/// The signed note, its key named after the origin.
std::string sign_checkpoint(const Checkpoint& checkpoint, const NoteVerifier& log,
                            const PrivateKey& key);

/// The checkpoint of a note that `log` signed. Errors: those of open_note(); `checkpoint.syntax`;
/// `checkpoint.origin` unless the origin is the key's name.
Result<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& log);
/// The same for a log that signs by several keys: one of them is enough. `log` is not empty.
Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const NoteVerifier> log);

}  // namespace nguon::ledger
