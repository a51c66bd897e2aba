#include "server/control/protocol.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"
#include "ledger/base/json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view frozen_word = "frozen ";
constexpr std::string_view error_word = "error ";
constexpr std::string_view absent_word = "-";
constexpr std::size_t max_word = 64;
constexpr std::size_t max_identity_word = 64;
constexpr std::size_t max_content = 4096;

bool is_plain_word(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

ledger::Error bad_answer() { return {ledger::Errc::unavailable, "control.answer", {}, {}}; }

/// The text up to the next_word `end`, which is taken off `rest` with it; absent when there is
/// none.
std::optional<std::string_view> next_word(std::string_view& rest, char end) {
  const auto at = rest.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const auto word = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return word;
}

/// `size identity content name`.
std::optional<ledger::FrozenFile> parse_frozen_line(std::string_view line) {
  const auto size_text = next_word(line, ' ');
  const auto identity = size_text ? next_word(line, ' ') : std::nullopt;
  const auto content = identity ? next_word(line, ' ') : std::nullopt;
  if (!content || !is_plain_word(line, max_word) || line.front() == '.') return std::nullopt;
  const auto size = ledger::parse_decimal(*size_text, ledger::max_safe_integer);
  if (!size || !is_plain_word(*identity, max_identity_word)) return std::nullopt;
  ledger::FrozenFile file{std::string(line), *size, {}, {}};
  if (*identity != absent_word) file.identity = *identity;
  if (*content != absent_word) {
    auto octets = ledger::base64url_decode(*content);
    if (!octets || octets->size() != *size || *size > max_content) return std::nullopt;
    file.content = std::move(*octets);
  }
  return file;
}

/// What the service said went wrong, if that is what it said.
std::optional<ledger::Error> told_error(std::string_view octets) {
  if (!octets.starts_with(error_word) || !octets.ends_with('\n')) return std::nullopt;
  octets.remove_prefix(error_word.size());
  octets.remove_suffix(1);
  const auto rule = octets.substr(0, octets.find(' '));
  if (!is_plain_word(rule, max_word)) return bad_answer();
  return ledger::Error{ledger::Errc::unavailable,
                       std::string(rule),
                       {},
                       std::string(octets.substr(std::min(rule.size() + 1, octets.size())))};
}

}  // namespace

std::optional<ControlRequest> parse_control_request(std::string_view line) {
  if (line == "freeze") return ControlRequest::freeze;
  if (line == "release") return ControlRequest::release;
  return std::nullopt;
}

std::string_view format_control_request(ControlRequest request) {
  return request == ControlRequest::freeze ? "freeze\n" : "release\n";
}

std::string format_frozen(const std::vector<ledger::FrozenFile>& files) {
  std::string text(frozen_word);
  text += std::to_string(files.size()) + '\n';
  for (const auto& file : files) {
    text += std::to_string(file.size) + ' ';
    text += file.identity.empty() ? absent_word : std::string_view(file.identity);
    text += ' ';
    text +=
        file.content.empty() ? std::string(absent_word) : ledger::base64url_encode(file.content);
    text += ' ' + file.name + '\n';
  }
  return text;
}

std::string format_control_error(const ledger::Error& error) {
  std::string text = std::string(error_word) + error.rule + ' ' + error.detail;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text + '\n';
}

bool is_whole_answer(std::string_view octets) {
  const auto end = octets.find('\n');
  if (end == std::string_view::npos) return false;
  if (!octets.starts_with(frozen_word)) return true;
  const auto count = ledger::parse_decimal(
      octets.substr(frozen_word.size(), end - frozen_word.size()), max_frozen_files);
  if (!count) return true;
  return static_cast<std::uint64_t>(std::count(octets.begin(), octets.end(), '\n')) >= *count + 1;
}

ledger::Result<std::vector<ledger::FrozenFile>> parse_frozen(std::string_view octets) {
  if (const auto error = told_error(octets)) return *error;
  if (!octets.starts_with(frozen_word)) return bad_answer();
  octets.remove_prefix(frozen_word.size());
  const auto count_text = next_word(octets, '\n');
  const auto count =
      count_text ? ledger::parse_decimal(*count_text, max_frozen_files) : std::nullopt;
  if (!count) return bad_answer();
  std::vector<ledger::FrozenFile> files;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto line = next_word(octets, '\n');
    auto file = line ? parse_frozen_line(*line) : std::nullopt;
    if (!file) return bad_answer();
    files.push_back(std::move(*file));
  }
  if (!octets.empty()) return bad_answer();
  return files;
}

ledger::Result<void> parse_released(std::string_view octets) {
  if (const auto error = told_error(octets)) return *error;
  if (octets != released_answer) return bad_answer();
  return {};
}

}  // namespace nguon::server
