#include "ledger/log/signing.hpp"

namespace nguon::ledger {
namespace {

Error not_held(const char* use, const std::string& kid) {
  return {Errc::unavailable,
          "start.keys",
          {},
          std::string("the log names a ") + use + " key whose private half is not here: " + kid};
}

}  // namespace

std::vector<NoteVerifier> Signing::verifiers() const {
  std::vector<NoteVerifier> keys;
  for (const Line& line : log) keys.push_back(line.name);
  return keys;
}

Result<std::shared_ptr<const Signing>> find_signing(const SignersRecord& signers,
                                                    const std::string& origin, std::uint64_t size,
                                                    const KeyStock& stock) {
  auto signing = std::make_shared<Signing>();
  signing->origin = origin;
  for (const KeyTerm& term : signers.log) {
    if (!term.in_force(size)) continue;
    auto signer = stock.log_signer(term.kid);
    if (!signer) return not_held("log", term.kid);
    NGUON_TRY(auto name, NoteVerifier::make(origin, signer->public_key()));
    signing->log.push_back({std::move(name), std::move(signer)});
  }
  for (const KeyTerm& term : signers.service) {
    if (!term.in_force(size)) continue;
    signing->service = stock.service_key(term.kid);
    if (!signing->service) return not_held("service", term.kid);
  }
  if (signing->log.empty() || !signing->service) {
    return Error{Errc::corrupt, "store.corrupt", {}, "no key is in force"};
  }
  return std::shared_ptr<const Signing>(std::move(signing));
}

Result<std::string> sign_checkpoint(std::uint64_t size, const Hash& root, const Signing& signing) {
  const std::string text = checkpoint_text({signing.origin, size, root});
  std::string note = text + '\n';
  for (const Signing::Line& line : signing.log) {
    NGUON_TRY(std::string octets, line.signer->sign(text));
    note += signature_line({line.name.name(), line.name.id(), std::move(octets)});
  }
  return note;
}

Result<void> check_before(const KeyChange::Before& before, const ChangingLog& log) {
  const Error wrong =
      invalid("keys.before", "/data/before", "no checkpoint of this log with the path of index 0");
  const auto note = parse_note(before.checkpoint);
  if (!note) return wrong;
  const auto said = parse_checkpoint_text(note->text);
  if (!said || said->size == 0 || said->size > log.tree.size()) return wrong;
  std::vector<NoteVerifier> known;
  for (const KeyTerm& term : log.signers.log) {
    if (!term.in_force(said->size)) continue;
    NGUON_TRY(const PublicKey key, log.key_of(term.kid));
    NGUON_TRY(auto name, NoteVerifier::make(log.origin, key));
    known.push_back(std::move(name));
  }
  if (!open_note(before.checkpoint, known) || said->origin != log.origin) return wrong;
  NGUON_TRY(const Hash root, log.tree.root(said->size));
  NGUON_TRY(const auto path, log.tree.inclusion(0, said->size));
  if (root != said->root || path != before.path) return wrong;
  return {};
}

}  // namespace nguon::ledger
