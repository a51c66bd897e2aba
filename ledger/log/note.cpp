#include "ledger/log/note.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/cosignature.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // em dash U+2014 and a space
constexpr std::size_t id_size = 4;

/// Calls `allowed(code point)` on each; false on bytes that are not UTF-8 or where one is not
/// allowed.
template <class Allowed>
bool all_code_points(std::string_view text, Allowed allowed) {
  const auto* cursor = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(cursor, left, &code_point);
    if (used <= 0 || !allowed(code_point)) return false;
    cursor += used;
    left -= used;
  }
  return true;
}

bool is_unicode_space(utf8proc_int32_t code_point) {
  if ((code_point >= 0x09 && code_point <= 0x0d) || code_point == 0x85) return true;
  const utf8proc_category_t category = utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

bool is_key_name(std::string_view name) {
  return !name.empty() && all_code_points(name, [](utf8proc_int32_t code_point) {
    return code_point != '+' && !is_unicode_space(code_point);
  });
}

bool is_note_text(std::string_view text) {
  return all_code_points(
      text, [](utf8proc_int32_t code_point) { return code_point >= 0x20 || code_point == '\n'; });
}

std::string id_octets(std::uint32_t id) {
  std::string octets;
  for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>((id >> shift) & 255);
  return octets;
}

std::uint32_t read_id(std::string_view octets) {
  std::uint32_t id = 0;
  for (const char c : octets.substr(0, id_size)) id = (id << 8) | static_cast<unsigned char>(c);
  return id;
}

/// The key as a vkey holds it.
std::string typed_key(NoteKeyKind kind, const PublicKey& key) {
  return static_cast<char>(kind) + key.ed25519_raw();
}

std::uint32_t key_id(std::string_view name, std::string_view typed) {
  return read_id(sha256(name, "\n", typed).view());
}

/// Whether nothing but bits that no octet uses keeps `text` from being base64: with its padding
/// taken for symbols, none are left over.
bool only_slack_bits_wrong(std::string_view text) {
  std::string filled(text);
  for (std::size_t i = 1; i <= 2 && i <= filled.size() && filled[filled.size() - i] == '='; ++i) {
    filled[filled.size() - i] = 'A';
  }
  return !base64_decode(text) && base64_decode(filled);
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  const Error broken = invalid("note.syntax", {}, "signature line");
  if (!line.starts_with(dash)) return broken;
  line.remove_prefix(dash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return broken;
  const std::string_view name = line.substr(0, space);
  const std::string_view signature = line.substr(space + 1);
  // Others read these octets all the same, and to them they are a signature, mostly a wrong one.
  if (only_slack_bits_wrong(signature)) return invalid("note.slack-bits");
  const auto octets = base64_decode(signature);
  if (!is_key_name(name) || !octets || octets->size() <= id_size) return broken;
  return NoteSignature{std::string(name), read_id(*octets), octets->substr(id_size)};
}

}  // namespace

NoteVerifier::NoteVerifier(std::string name, PublicKey key, std::uint32_t id, NoteKeyKind kind)
    : name_(std::move(name)), key_(std::move(key)), id_(id), kind_(kind) {}

Result<NoteVerifier> NoteVerifier::make(std::string name, PublicKey key, NoteKeyKind kind) {
  if (!is_key_name(name) || key.alg() != Alg::eddsa) return invalid("note.vkey");
  const std::uint32_t id = key_id(name, typed_key(kind, key));
  return NoteVerifier(std::move(name), std::move(key), id, kind);
}

Result<NoteVerifier> NoteVerifier::parse(std::string_view text, NoteKeyKind kind) {
  const Error broken = invalid("note.vkey");
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos) return broken;
  const std::size_t second = text.find('+', first + 1);  // base64 may hold a third
  if (second == std::string_view::npos) return broken;
  const auto typed = base64_decode(text.substr(second + 1));
  if (!typed || typed->empty() || typed->front() != static_cast<char>(kind)) return broken;
  const auto key = PublicKey::from_ed25519(std::string_view(*typed).substr(1));
  if (!key) return broken;
  auto made = make(std::string(text.substr(0, first)), *key, kind);
  // A wrong key id, or one in capitals, is a text that nobody should have printed.
  if (!made || made->text() != text) return broken;
  return made;
}

Result<NoteVerifier> NoteVerifier::make(std::string name, PublicKey key) {
  return make(std::move(name), std::move(key), NoteKeyKind::log);
}
Result<NoteVerifier> NoteVerifier::parse(std::string_view text) {
  return parse(text, NoteKeyKind::log);
}
Result<NoteVerifier> NoteVerifier::make_witness(std::string name, PublicKey key) {
  return make(std::move(name), std::move(key), NoteKeyKind::witness);
}
Result<NoteVerifier> NoteVerifier::parse_witness(std::string_view text) {
  return parse(text, NoteKeyKind::witness);
}

std::string NoteVerifier::text() const {
  return name_ + "+" + hex_encode(id_octets(id_)) + "+" + base64_encode(typed_key(kind_, key_));
}

bool NoteVerifier::verify(std::string_view text, std::string_view octets) const {
  return kind_ == NoteKeyKind::log ? key_.verify(text, octets)
                                   : verify_cosignature(text, octets, key_);
}

Result<Note> parse_note(std::string_view octets) {
  if (octets.size() > max_note_size) return Error{Errc::too_large, "note.too-large", {}, {}};
  if (!is_note_text(octets)) return invalid("note.syntax", {}, "control character or not UTF-8");
  const std::size_t gap = octets.rfind("\n\n");
  if (gap == std::string_view::npos) return invalid("note.syntax", {}, "no empty line");
  Note note{std::string(octets.substr(0, gap + 1)), {}};
  std::string_view lines = octets.substr(gap + 2);
  if (lines.empty() || lines.back() != '\n') return invalid("note.syntax", {}, "signature lines");
  while (!lines.empty()) {
    if (note.signatures.size() == max_note_signatures) {
      return Error{Errc::too_large, "note.too-large", {}, {}};
    }
    const std::size_t end = lines.find('\n');
    NGUON_TRY(NoteSignature signature, parse_signature_line(lines.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    lines.remove_prefix(end + 1);
  }
  return note;
}

Result<Note> open_note(std::string_view octets, std::span<const NoteVerifier> known) {
  NGUON_TRY(Note note, parse_note(octets));
  std::vector<NoteSignature> good;
  for (NoteSignature& signature : note.signatures) {
    const auto key = std::find_if(known.begin(), known.end(), [&](const NoteVerifier& verifier) {
      return verifier.name() == signature.name && verifier.id() == signature.key_id;
    });
    if (key == known.end()) continue;
    if (!key->verify(note.text, signature.octets)) return invalid("note.signature");
    good.push_back(std::move(signature));
  }
  if (good.empty()) return invalid("note.unknown-keys");
  note.signatures = std::move(good);
  return note;
}

std::string signature_line(const NoteSignature& signature) {
  return std::string(dash) + signature.name + " " +
         base64_encode(id_octets(signature.key_id) + signature.octets) + "\n";
}

std::string note_signature_line(std::string_view text, const NoteVerifier& name,
                                const PrivateKey& key) {
  return signature_line({name.name(), name.id(), key.sign(text)});
}

std::string sign_note(std::string_view text, const NoteVerifier& name, const PrivateKey& key) {
  return std::string(text) + "\n" + note_signature_line(text, name, key);
}

}  // namespace nguon::ledger
