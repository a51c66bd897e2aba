#include "labels/animal_tag.hpp"

#include "labels/ascii.hpp"
#include "labels/countries.hpp"

#include <charconv>
#include <cstdint>

namespace nguon::labels {
namespace {

constexpr std::size_t tag_length = 15;
constexpr std::uint64_t largest_number = (std::uint64_t{1} << 38) - 1;  // ISO 11784: 38 bits
constexpr unsigned first_manufacturer = 900;
constexpr unsigned last_manufacturer = 998;

}  // namespace

Result<std::string> read_animal_tag(std::string_view typed) {
  std::string tag;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c)) return Fault::bad_symbol;
    if (tag.size() == tag_length) return Fault::bad_length;
    tag += c;
  }
  if (tag.size() != tag_length) return Fault::bad_length;
  unsigned issuer = 0;
  std::uint64_t number = 0;
  std::from_chars(tag.data(), tag.data() + 3, issuer);
  std::from_chars(tag.data() + 3, tag.data() + tag_length, number);
  const bool known =
      (issuer >= first_manufacturer && issuer <= last_manufacturer) || is_country(issuer);
  if (!known || number > largest_number) return Fault::out_of_range;
  return tag;
}

std::string animal_tag_groups(std::string_view tag) {
  std::string shown;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (i == 3 || i == 7 || i == 11) shown += ' ';
    shown += tag[i];
  }
  return shown;
}

}  // namespace nguon::labels
