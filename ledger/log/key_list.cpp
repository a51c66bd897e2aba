#include "ledger/log/key_list.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/state_overlay.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

/// The state may be ahead of the released head: what came after it is not told yet.
void add_line(std::string& text, std::string_view use, const std::string& name, const KeyTerm& term,
              std::uint64_t size) {
  const auto told = [size](std::int64_t index) { return static_cast<std::uint64_t>(index) < size; };
  if (!told(term.since)) return;
  text += std::string(use) + ' ' + name + " since " + std::to_string(term.since);
  if (term.until && told(*term.until)) text += " until " + std::to_string(*term.until);
  text += '\n';
}

}  // namespace

Result<std::string> list_keys(const Store& store, std::uint32_t log, std::uint64_t size) {
  const StateOverlay state(store, log);
  NGUON_TRY(const auto signers, read_signers(state));
  NGUON_TRY(const auto origins, read_origins(state));
  std::string text;
  for (const KeyTerm& term : signers.log) {
    NGUON_TRY(const auto record, read_record<KeyRecord>(state, state_key::key(term.kid)));
    if (!record) return Error{Errc::corrupt, "store.corrupt", {}, "a key without record"};
    NGUON_TRY(const auto key, PublicKey::from_jwk(record->jwk));
    for (std::size_t i = 0; i < origins.of.size(); ++i) {
      KeyTerm under = term;  // As long as the log went by that name.
      under.since = std::max(term.since, origins.of[i].since);
      if (i + 1 < origins.of.size()) {
        const auto next = origins.of[i + 1].since;
        under.until = std::min(term.until.value_or(next), next);
      }
      if (under.until && *under.until <= under.since) continue;
      NGUON_TRY(const auto name, NoteVerifier::make(origins.of[i].origin, key));
      add_line(text, "log", name.text(), under, size);
    }
  }
  for (const KeyTerm& term : signers.service) add_line(text, "service", term.kid, term, size);
  for (const KeyTerm& term : signers.root) add_line(text, "root", term.kid, term, size);
  return text;
}

}  // namespace nguon::ledger
