#include "ledger/log/tlog_proof.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"
#include "ledger/log/merkle.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_prefix = "extra ";
constexpr std::string_view index_prefix = "index ";
constexpr std::size_t longest_path = 63;  // max_tree_size has that many levels below its root

/// Cuts the next line off `text`; absent when it is not ended by LF.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string format_tlog_proof(const TlogProof& proof) {
  std::string text(header);
  text += "\n";
  if (proof.extra) text += std::string(extra_prefix) + base64_encode(*proof.extra) + "\n";
  text += std::string(index_prefix) + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.path) text += base64_encode(hash.view()) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<TlogProof> parse_tlog_proof(std::string_view text) {
  const auto broken = [](std::string what) { return invalid("proof.syntax", {}, std::move(what)); };
  TlogProof proof;
  if (next_line(text) != header) return broken("header");
  auto line = next_line(text);
  if (line && line->starts_with(extra_prefix)) {
    proof.extra = base64_decode(line->substr(extra_prefix.size()));
    if (!proof.extra) return broken("extra");
    line = next_line(text);
  }
  if (!line || !line->starts_with(index_prefix)) return broken("index");
  const auto index = parse_decimal(line->substr(index_prefix.size()), max_tree_size);
  if (!index) return broken("index");
  proof.index = *index;
  for (line = next_line(text); line && !line->empty(); line = next_line(text)) {
    const auto octets = base64_decode(*line);
    if (!octets || octets->size() != 32 || proof.path.size() == longest_path) return broken("path");
    std::copy(octets->begin(), octets->end(), proof.path.emplace_back().bytes.begin());
  }
  if (!line) return broken("path");
  NGUON_CHECK(parse_note(text));
  proof.checkpoint = text;
  return proof;
}

Result<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                                     const NoteVerifier& log) {
  NGUON_TRY(Checkpoint checkpoint, open_checkpoint(proof.checkpoint, log));
  if (!verify_inclusion(proof.index, checkpoint.size, leaf, proof.path, checkpoint.root)) {
    return invalid("proof.inclusion");
  }
  return checkpoint;
}

}  // namespace nguon::ledger
