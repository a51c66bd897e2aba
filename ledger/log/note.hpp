#pragma once

#include "ledger/base/result.hpp"
#include "ledger/keys/key.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

// C2SP signed-note: a text, an empty line, and one line `— <key name> <base64>` per signature.

/// C2SP asks for at least 16 signature lines; ML-DSA ones have 3.3 kB of base64 each.
inline constexpr std::size_t max_note_signatures = 64;
inline constexpr std::size_t max_note_size = 512 * 1024;

/// Who speaks by a key, as the first octet of its vkey says: a log by plain signatures, or a
/// witness by cosignatures that hold their time.
enum class NoteKeyKind : char { log = 1, witness = 4 };

/// A key that signs notes: its name, kind and Ed25519 public half. A value.
class NoteVerifier {
 public:
  /// A log's key. Errors: `note.vkey` when the name is empty or holds a space or plus, or the key
  /// is not Ed25519.
  static Result<NoteVerifier> make(std::string name, PublicKey key);
  /// A log's, from the text `<name>+<8 hex digits of key id>+<base64 of 01 ‖ key>`. Errors:
  /// `note.vkey`.
  static Result<NoteVerifier> parse(std::string_view text);
  /// The same for a witness's key, with 04 where a log's has 01.
  static Result<NoteVerifier> make_witness(std::string name, PublicKey key);
  static Result<NoteVerifier> parse_witness(std::string_view text);

  const std::string& name() const { return name_; }
  /// SHA-256(name ‖ LF ‖ kind ‖ key)[:4], big-endian. Not a strong hash, only a hint.
  std::uint32_t id() const { return id_; }
  const PublicKey& key() const { return key_; }
  NoteKeyKind kind() const { return kind_; }
  /// What parse() or parse_witness() takes.
  std::string text() const;
  /// True when `octets`, from a line of this name and id, is this key's word on `text`.
  bool verify(std::string_view text, std::string_view octets) const;

 private:
  NoteVerifier(std::string name, PublicKey key, std::uint32_t id, NoteKeyKind kind);
  static Result<NoteVerifier> make(std::string name, PublicKey key, NoteKeyKind kind);
  static Result<NoteVerifier> parse(std::string_view text, NoteKeyKind kind);
  std::string name_;
  PublicKey key_;
  std::uint32_t id_;
  NoteKeyKind kind_;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string octets;  ///< At least one; 64 for Ed25519, 72 for a cosignature.

  bool operator==(const NoteSignature&) const = default;
};

/// A note as it is written. Nothing in it may be believed before open_note().
struct Note {
  std::string text;  ///< Ends with LF.
  std::vector<NoteSignature> signatures;

  bool operator==(const Note&) const = default;
};

/// Grammar only. Errors: `note.syntax`; `note.slack-bits` when a signature line is base64 but for
/// unused bits that are not zero; `note.too-large` (Errc::too_large).
Result<Note> parse_note(std::string_view octets);

/// The note with those of its signatures left that a key of `known` made. Lines of unknown keys are
/// ignored; one line of a known key that does not verify damns the whole note. Errors: those of
/// parse_note(); `note.signature`; `note.unknown-keys` when no known key signed.
Result<Note> open_note(std::string_view octets, std::span<const NoteVerifier> known);

/// The line as it stands in a note, LF included.
std::string signature_line(const NoteSignature& signature);

/// The line by which the log key `key` (Ed25519) signs `text`, LF included.
std::string note_signature_line(std::string_view text, const NoteVerifier& name,
                                const PrivateKey& key);

/// The whole note with one signature. `text` ends with LF and keeps the note grammar.
std::string sign_note(std::string_view text, const NoteVerifier& name, const PrivateKey& key);

}  // namespace nguon::ledger
