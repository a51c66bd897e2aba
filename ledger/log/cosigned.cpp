#include "ledger/log/cosigned.hpp"

#include "ledger/log/checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/note.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>
#include <utility>

namespace nguon::ledger {
namespace {

bool is_cosignature(const NoteSignature& signature) {
  return signature.octets.size() == cosignature_size;
}

bool same_key(const NoteSignature& one, const NoteSignature& other) {
  return one.key_id == other.key_id && one.name == other.name;
}

std::string whole(const Note& note) {
  std::string text = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) text += signature_line(signature);
  return text;
}

}  // namespace

CosignedBook::CosignedBook(const Store& store, std::uint32_t log, Write write)
    : store_(store), log_(log), write_(std::move(write)) {}

Result<void> CosignedBook::keep(std::string_view octets) {
  NGUON_TRY(const Note note, parse_note(octets));
  NGUON_TRY(const Checkpoint checkpoint, parse_checkpoint_text(note.text));
  const std::string key = keys::cosigned(log_, checkpoint.size);
  const std::scoped_lock lock(keeping_);
  NGUON_TRY(const auto stored, store_.get(Family::log, key));
  Note kept{note.text, {}};
  if (stored) {
    NGUON_TRY(Note before, parse_note(*stored));
    // Another text of the same size was the log's under another name: the later one counts.
    if (before.text == note.text) kept = std::move(before);
  }
  const std::size_t before = kept.signatures.size();
  for (const NoteSignature& signature : note.signatures) {
    const bool known = std::any_of(kept.signatures.begin(), kept.signatures.end(),
                                   [&](const auto& one) { return same_key(one, signature); });
    if (!known) kept.signatures.push_back(signature);
  }
  if (kept.signatures.size() == before ||
      std::none_of(kept.signatures.begin(), kept.signatures.end(), is_cosignature)) {
    return {};
  }
  WriteBatch batch;
  batch.put(Family::log, key, whole(kept));
  NGUON_CHECK(write_(std::move(batch)));
  ++revision_;
  return {};
}

Result<std::optional<Covering>> CosignedBook::covering(std::uint64_t index) const {
  std::optional<Covering> found;
  NGUON_CHECK(store_.scan(
      Family::log, keys::cosigned(log_, index + 1), keys::after(keys::prefix(log_, 'K')),
      [&](std::string_view key, std::string_view note) {
        found = Covering{keys::read_big_endian(key.substr(5)), {}, std::string(note)};
        return false;
      }));
  if (!found) return found;
  NGUON_TRY(const Note note, parse_note(found->note));
  for (const NoteSignature& signature : note.signatures) {
    const auto time = is_cosignature(signature) ? cosignature_time(signature.octets) : std::nullopt;
    if (time) found->by.push_back({signature.name, static_cast<std::int64_t>(*time)});
  }
  if (found->by.empty()) return Error{Errc::corrupt, "store.corrupt", {}, "a cosigned note"};
  std::sort(found->by.begin(), found->by.end(),
            [](const Cosigned& a, const Cosigned& b) { return a.at < b.at; });
  return found;
}

}  // namespace nguon::ledger
