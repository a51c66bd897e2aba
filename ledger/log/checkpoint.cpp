#include "ledger/log/checkpoint.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"

#include <algorithm>

namespace nguon::ledger {

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64_encode(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  const Error broken = invalid("checkpoint.syntax");
  if (text.empty() || text.back() != '\n') return broken;
  Checkpoint checkpoint;
  for (int line_number = 0; !text.empty() || line_number < 3; ++line_number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0) return broken;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line_number == 0) {
      checkpoint.origin = line;
    } else if (line_number == 1) {
      const auto size = parse_decimal(line, max_tree_size);
      if (!size) return broken;
      checkpoint.size = *size;
    } else if (line_number == 2) {
      const auto root = base64_decode(line);
      if (!root || root->size() != checkpoint.root.bytes.size()) return broken;
      std::copy(root->begin(), root->end(), checkpoint.root.bytes.begin());
    }
  }
  return checkpoint;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const NoteVerifier& log,
                            const PrivateKey& key) {
  return sign_note(checkpoint_text(checkpoint), log, key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& log) {
  return open_checkpoint(note, std::span(&log, 1));
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const NoteVerifier> log) {
  NGUON_TRY(const Note opened, open_note(note, log));
  NGUON_TRY(Checkpoint checkpoint, parse_checkpoint_text(opened.text));
  if (checkpoint.origin != opened.signatures.front().name) return invalid("checkpoint.origin");
  return checkpoint;
}

}  // namespace nguon::ledger
