#include "server/api/services.hpp"

#include <charconv>

namespace nguon::server {

std::string log_number_of(const ledger::Ledger& ledger) {
  const std::string& origin = ledger.origin();
  return origin.substr(origin.rfind('/') + 1);
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool leading_zero = text.size() > 1 && text[0] == '0';
  if (error != std::errc() || end != text.data() + text.size() || number < 0 || text[0] == '-' ||
      leading_zero) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(number);
}

}  // namespace nguon::server
