#include "labels/sscc.hpp"

#include "labels/ascii.hpp"
#include "labels/gtin.hpp"

#include <algorithm>

namespace nguon::labels {
namespace {

constexpr std::size_t sscc_length = 18;
constexpr std::size_t shortest_prefix = 4;
constexpr std::size_t longest_prefix = 12;
/// Between extension and check digit.
constexpr std::size_t prefix_and_reference = sscc_length - 2;

}  // namespace

Result<std::string> read_company_prefix(std::string_view text) {
  if (text.size() < shortest_prefix || text.size() > longest_prefix) return Fault::bad_length;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return Fault::bad_symbol;
  return std::string(text);
}

Result<std::string> make_sscc(unsigned extension, std::string_view company_prefix,
                              std::uint64_t reference) {
  const auto prefix = read_company_prefix(company_prefix);
  if (!prefix) return prefix.error();
  const std::string digits = std::to_string(reference);
  if (extension > 9 || prefix->size() + digits.size() > prefix_and_reference) {
    return Fault::out_of_range;
  }
  std::string sscc = std::to_string(extension) + *prefix;
  sscc.append(prefix_and_reference - prefix->size() - digits.size(), '0');
  sscc += digits;
  sscc += gs1_check_digit(sscc);
  return sscc;
}

Result<std::string> read_sscc(std::string_view typed) {
  std::string digits(typed);
  std::erase(digits, ' ');
  if (digits.size() != sscc_length) return Fault::bad_length;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return Fault::bad_symbol;
  if (gs1_check_digit(std::string_view(digits).substr(0, sscc_length - 1)) != digits.back()) {
    return Fault::wrong_check_digit;
  }
  return digits;
}

}  // namespace nguon::labels
