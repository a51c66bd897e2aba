#include "labels/gtin.hpp"

#include "labels/ascii.hpp"

#include <algorithm>

namespace nguon::labels {
namespace {

constexpr std::size_t gtin_length = 14;
constexpr std::size_t longest_lot = 10;

}  // namespace

char gs1_check_digit(std::string_view digits) {
  unsigned sum = 0;
  unsigned weight = 3;
  for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight) {
    sum = (sum + weight * static_cast<unsigned>(digits[i] - '0')) % 10;
  }
  return static_cast<char>('0' + (10 - sum) % 10);
}

Result<std::string> read_gtin(std::string_view text) {
  if (text.size() != 8 && (text.size() < 12 || text.size() > gtin_length)) return Fault::bad_length;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return Fault::bad_symbol;
  if (gs1_check_digit(text.substr(0, text.size() - 1)) != text.back()) {
    return Fault::wrong_check_digit;
  }
  return std::string(gtin_length - text.size(), '0') + std::string(text);
}

Result<std::string> read_lot(std::string_view text) {
  if (text.empty() || text.size() > longest_lot) return Fault::bad_length;
  std::string lot;
  for (const char typed : text) {
    const char c = to_upper(typed);
    const bool inner_hyphen = c == '-' && !lot.empty();
    if (!is_digit(c) && !is_upper(c) && !inner_hyphen) return Fault::bad_symbol;
    lot += c;
  }
  return lot;
}

}  // namespace nguon::labels
