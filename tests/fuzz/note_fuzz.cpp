// Signed notes, checkpoints, verifier keys and tlog-proofs from strangers.

#include "ledger/log/tlog_proof.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  static const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l'));
  static const NoteVerifier log = *NoteVerifier::make("so.example/log/0", key.public_key());

  if (const auto note = parse_note(octets)) {
    if (note->text.empty() || note->text.back() != '\n' || note->signatures.empty()) std::abort();
    if (const auto checkpoint = parse_checkpoint_text(note->text)) {
      // What was read is written back as the text it was read from, but for extension lines.
      if (!note->text.starts_with(checkpoint_text(*checkpoint))) std::abort();
    }
  }
  if (const auto opened = open_note(octets, {&log, 1})) {
    for (const NoteSignature& signature : opened->signatures) {
      if (!key.public_key().verify(opened->text, signature.octets)) std::abort();
    }
  }
  if (const auto proof = parse_tlog_proof(octets)) {
    if (format_tlog_proof(*proof) != octets) std::abort();
    (void)verify_tlog_proof(*proof, Hash{}, log);
  }
  if (const auto verifier = NoteVerifier::parse(octets)) {
    if (verifier->text() != octets) std::abort();
  }
  return 0;
}
