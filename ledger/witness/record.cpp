#include "ledger/witness/record.hpp"

#include "ledger/base/decimal.hpp"
#include "ledger/log/checkpoint.hpp"

namespace nguon::ledger {
namespace {

constexpr std::string_view record_head = "nguon-witness/1\nsince ";
constexpr std::uint64_t last_since = (1ULL << 63) - 1;

}  // namespace

std::string format_witness_record(const WitnessRecord& record) {
  return std::string(record_head) + std::to_string(record.since) + "\n\n" + record.note;
}

Result<WitnessRecord> parse_witness_record(std::string_view octets) {
  const Error broken{Errc::corrupt, "witness.state", {}, "a record is damaged"};
  if (!octets.starts_with(record_head)) return broken;
  octets.remove_prefix(record_head.size());
  const std::size_t end = octets.find("\n\n");
  if (end == std::string_view::npos) return broken;
  const auto since = parse_decimal(octets.substr(0, end), last_since);
  octets.remove_prefix(end + 2);
  const auto note = parse_note(octets);
  if (!since || !note || !parse_checkpoint_text(note->text)) return broken;
  return WitnessRecord{*since, std::string(octets)};
}

}  // namespace nguon::ledger
