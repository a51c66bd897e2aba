#include "labels/ai_value.hpp"

#include "labels/ascii.hpp"
#include "labels/countries.hpp"
#include "labels/gtin.hpp"
#include "labels/percent.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace nguon::labels {
namespace {

/// In the order of their values in a check pair.
constexpr std::string_view text_symbols =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t longest_pair_body = 23;
constexpr std::size_t shortest_prefix = 4;  ///< The shortest company prefix has four digits.

bool in_set(AiCharset set, char c) {
  switch (set) {
    case AiCharset::digits:
      return is_digit(c);
    case AiCharset::text:
      return text_symbols.find(c) != std::string_view::npos;
    case AiCharset::component:
      return is_digit(c) || is_upper(c) || c == '#' || c == '-' || c == '/';
    case AiCharset::token:
      return is_digit(c) || is_upper(to_upper(c)) || c == '-' || c == '_' || c == '=';
  }
  return false;
}

/// Digits only, or text of a part without a number in it: 0 then, and other checks refuse it.
std::uint64_t value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (is_digit(c)) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_day(std::uint64_t year, std::uint64_t month, std::uint64_t day, bool none_allowed) {
  constexpr std::array<std::uint64_t, 12> longest{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return false;
  if (day == 0) return none_allowed;
  // Two digits of a year name one of 2000±: leap every four years, 2000 among them.
  const bool leap = year % 4 == 0 && (year < 100 || year % 100 != 0 || year % 400 == 0);
  return day <= longest[month - 1] && (month != 2 || day < 29 || leap);
}

bool is_time(std::string_view digits) {
  return value_of(digits.substr(0, 2)) < 24 && value_of(digits.substr(2)) < 60;
}

bool has_prefix(std::string_view part, std::size_t from) {
  return part.size() >= from + shortest_prefix && all_digits(part.substr(from, shortest_prefix));
}

/// ISO 13616: four characters go to the end, letters are 10..35, and the number leaves 1 by 97.
bool is_iban(std::string_view text) {
  if (text.size() < 5 || !is_upper(text[0]) || !is_upper(text[1]) || !all_digits(text.substr(2, 2)))
    return false;
  unsigned rest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (!is_digit(c) && !is_upper(c)) return false;
    rest = is_digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                       : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
  }
  return rest == 1;
}

bool pair_holds(std::string_view part) {
  if (part.size() < 3 || part.size() > longest_pair_body + 2) return false;
  return gs1_check_pair(part.substr(0, part.size() - 2)) == part.substr(part.size() - 2);
}

/// What the check finds wrong with a part of right length and characters.
std::optional<Gs1Rule> broken_check(AiCheck check, std::string_view part) {
  const auto unless = [](bool good, Gs1Rule rule) {
    return good ? std::nullopt : std::optional(rule);
  };
  const auto content = [&](bool good) { return unless(good, Gs1Rule::content); };
  switch (check) {
    case AiCheck::check:
      return unless(check_digit_holds(part, part.size()), Gs1Rule::check_digit);
    case AiCheck::pair:
      return unless(pair_holds(part), Gs1Rule::check_digit);
    case AiCheck::prefix:
      return unless(has_prefix(part, 0), Gs1Rule::prefix);
    case AiCheck::prefix2:
      return unless(has_prefix(part, 1), Gs1Rule::prefix);
    case AiCheck::date:
    case AiCheck::date0:
      return unless(is_day(value_of(part.substr(0, 2)), value_of(part.substr(2, 2)),
                           value_of(part.substr(4)), check == AiCheck::date0),
                    Gs1Rule::date);
    case AiCheck::fulldate:
      return unless(value_of(part.substr(0, 4)) > 0 &&
                        is_day(value_of(part.substr(0, 4)), value_of(part.substr(4, 2)),
                               value_of(part.substr(6)), false),
                    Gs1Rule::date);
    case AiCheck::time:
      return unless(is_time(part), Gs1Rule::time);
    case AiCheck::hour:
      return unless(value_of(part) < 24, Gs1Rule::time);
    case AiCheck::minute:
      return unless(value_of(part) < 60, Gs1Rule::time);
    case AiCheck::country:
      return unless(is_country(static_cast<unsigned>(value_of(part))), Gs1Rule::country);
    case AiCheck::country999:
      return unless(part == "999" || is_country(static_cast<unsigned>(value_of(part))),
                    Gs1Rule::country);
    case AiCheck::country2:
      return unless(is_country(part), Gs1Rule::country);
    case AiCheck::escapes:
      return unless(percent_decode(part).has_value(), Gs1Rule::escape);
    case AiCheck::bit:
      return content(part == "0" || part == "1");
    case AiCheck::hyphen:
      return content(part == "-");
    case AiCheck::nonzero:
      return content(value_of(part) != 0);
    case AiCheck::zero:
      return content(value_of(part) == 0);
    case AiCheck::winding:
      return content(part == "0" || part == "1" || part == "9");
    case AiCheck::piece:
      return content(value_of(part.substr(0, 2)) > 0 && part.substr(0, 2) <= part.substr(2));
    case AiCheck::iban:
      return content(is_iban(part));
    case AiCheck::letter:
      return content(!all_digits(part));
    case AiCheck::importer:
      return content(in_set(AiCharset::token, part.front()) && part != "=");
    case AiCheck::media:
      return content((part >= "01" && part <= "10") || part >= "80");
    case AiCheck::sex:
      return content(part == "0" || part == "1" || part == "2" || part == "9");
    case AiCheck::birth:
      return content(is_digit(part[0]) && part[1] == '/' && is_digit(part[2]) && part[0] != '0' &&
                     part[0] <= part[2]);
    case AiCheck::latitude:
      return content(value_of(part) <= 1'800'000'000);
    case AiCheck::longitude:
      return content(value_of(part) <= 3'600'000'000);
    case AiCheck::unpadded:
      return content(part.size() == 1 || part.front() != '0');
  }
  return Gs1Rule::content;
}

}  // namespace

bool check_digit_holds(std::string_view digits, std::size_t length) {
  return digits.size() == length && length > 1 && all_digits(digits) &&
         gs1_check_digit(digits.substr(0, length - 1)) == digits.back();
}

std::string gs1_check_pair(std::string_view body) {
  constexpr std::array<unsigned, longest_pair_body> primes{
      2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83};
  constexpr std::string_view pair_symbols = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  unsigned sum = 0;
  for (std::size_t i = 0; i < body.size() && i < primes.size(); ++i) {
    const auto value = static_cast<unsigned>(text_symbols.find(body[body.size() - 1 - i]));
    sum = (sum + value * primes[i]) % 1021;
  }
  return {pair_symbols[sum >> 5U], pair_symbols[sum & 31U]};
}

Gs1Result<void> check_ai_value(const Ai& ai, std::string_view value) {
  std::string_view rest = value;
  for (const AiPart& part : ai.parts) {
    const std::string_view here = rest.substr(0, part.longest);
    rest.remove_prefix(here.size());
    if (here.empty() && part.optional) continue;
    // A letter too many is seen before a length: it says more about what was meant.
    if (std::any_of(here.begin(), here.end(), [&](char c) { return !in_set(part.charset, c); })) {
      return Gs1Fault{Gs1Rule::bad_symbol, ai.code};
    }
    if (here.size() < part.shortest) return Gs1Fault{Gs1Rule::too_short, ai.code};
    for (const AiCheck check : part.checks) {
      if (const auto rule = broken_check(check, here)) return Gs1Fault{*rule, ai.code};
    }
  }
  if (!rest.empty()) return Gs1Fault{Gs1Rule::too_long, ai.code};
  return {};
}

}  // namespace nguon::labels
