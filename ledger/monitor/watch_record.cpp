#include "ledger/monitor/watch_record.hpp"

#include "ledger/base/decimal.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/head_statement.hpp"

#include <optional>

namespace nguon::ledger {
namespace {

constexpr std::string_view watch_head = "nguon-watch/1\n";

/// Takes what stands before `end` off the front, and `end`; absent when there is none.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

std::optional<std::uint64_t> take_number(std::string_view& text, char end) {
  const auto digits = take_until(text, end);
  return digits ? parse_decimal(*digits, max_tree_size) : std::nullopt;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool is_statement(std::string_view text) {
  constexpr std::string_view symbols =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !text.empty() && text.size() <= max_head_octets &&
         text.find_first_not_of(symbols) == std::string_view::npos;
}

}  // namespace

std::string format_watch_record(const WatchRecord& record) {
  std::string text(watch_head);
  text += "of " + record.of + '\n';
  text += "looked " + std::to_string(record.looked) + ' ' + std::to_string(record.size) + '\n';
  for (const auto& [sub, head] : record.heads) {
    text += "head " + sub + ' ' + std::to_string(head.since) + ' ' + head.statement + '\n';
  }
  return text;
}

Result<WatchRecord> parse_watch_record(std::string_view octets) {
  const Error broken{Errc::corrupt, "monitor.state", {}, "what the watch remembers is damaged"};
  if (octets.size() > max_watch_record_size) return broken;
  WatchRecord record;
  if (!take_word(octets, watch_head) || !take_word(octets, "of ")) return broken;
  const auto of = take_until(octets, '\n');
  if (!of || !is_subject(*of) || !take_word(octets, "looked ")) return broken;
  record.of = *of;
  const auto looked = take_number(octets, ' ');
  const auto size = take_number(octets, '\n');
  if (!looked || !size) return broken;
  record.looked = *looked;
  record.size = *size;
  while (!octets.empty()) {
    if (!take_word(octets, "head ")) return broken;
    const auto sub = take_until(octets, ' ');
    if (!sub || !is_subject(*sub)) return broken;
    // Ascending, so that one record has one spelling.
    if (!record.heads.empty() && *sub <= record.heads.rbegin()->first) return broken;
    const auto since = take_number(octets, ' ');
    const auto statement = take_until(octets, '\n');
    if (!since || !statement || !is_statement(*statement)) return broken;
    record.heads[std::string(*sub)] = {*since, std::string(*statement)};
  }
  return record;
}

}  // namespace nguon::ledger
