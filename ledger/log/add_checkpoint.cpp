#include "ledger/log/add_checkpoint.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"
#include "ledger/log/checkpoint.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::string_view old_prefix = "old ";

}  // namespace

std::string format_add_checkpoint(const AddCheckpoint& request) {
  std::string text = std::string(old_prefix) + std::to_string(request.old_size) + "\n";
  for (const Hash& hash : request.path) text += base64_encode(hash.view()) + "\n";
  return text + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view octets) {
  const auto broken = [](const char* what) { return invalid("witness.request", {}, what); };
  AddCheckpoint request;
  std::size_t end = octets.find('\n');
  if (end == std::string_view::npos || !octets.starts_with(old_prefix)) return broken("old size");
  const auto old_size =
      parse_decimal(octets.substr(old_prefix.size(), end - old_prefix.size()), max_tree_size);
  if (!old_size) return broken("old size");
  request.old_size = *old_size;
  octets.remove_prefix(end + 1);
  for (end = octets.find('\n'); end != 0; end = octets.find('\n')) {
    if (end == std::string_view::npos) return broken("no empty line");
    if (request.path.size() == max_add_checkpoint_path) return broken("consistency proof too long");
    const auto hash = base64_decode(octets.substr(0, end));
    if (!hash || hash->size() != 32) return broken("consistency proof");
    std::copy(hash->begin(), hash->end(), request.path.emplace_back().bytes.begin());
    octets.remove_prefix(end + 1);
  }
  octets.remove_prefix(1);
  NGUON_TRY(const Note note, parse_note(octets));
  NGUON_CHECK(parse_checkpoint_text(note.text));
  request.checkpoint = octets;
  return request;
}

}  // namespace nguon::ledger
