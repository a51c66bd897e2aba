#include "labels/gs1_128.hpp"

#include "labels/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace nguon::labels {
namespace {

/// Widths of bar, space, bar, space, bar, space of symbol characters 0..105 (ISO/IEC 15417 table
/// 1).
constexpr std::array<std::string_view, 106> character_widths{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232"};
constexpr std::string_view stop_widths = "2331112";

constexpr unsigned to_set_c = 99;
constexpr unsigned to_set_b = 100;
constexpr unsigned fnc1 = 102;
constexpr unsigned start_b = 104;
constexpr unsigned start_c = 105;
constexpr unsigned check_modulus = 103;

/// FNC1 as with_fnc1 writes it: no value of an element holds this character.
constexpr char separator = '^';

/// Characters of one symbol, separators included (GS1 General Specifications §5.4).
constexpr std::size_t longest_symbol = 48;

/// Fewest characters for the rest of a text, from one of its places on, if the next one is in that
/// set.
struct Rest {
  unsigned stay_b = 0;
  unsigned stay_c = 0;
  unsigned in_b() const { return std::min(stay_b, stay_c + 1); }
  unsigned in_c() const { return std::min(stay_c, stay_b + 1); }
};

bool is_pair(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && is_digit(text[at]) && is_digit(text[at + 1]);
}

std::vector<Rest> count_rests(std::string_view text) {
  constexpr unsigned never = 1000;
  std::vector<Rest> rests(text.size() + 1);
  for (std::size_t at = text.size(); at-- > 0;) {
    rests[at].stay_b = 1 + rests[at + 1].in_b();
    rests[at].stay_c = text[at] == separator ? 1 + rests[at + 1].in_c()
                       : is_pair(text, at)       ? 1 + rests[at + 2].in_c()
                                                 : never;
  }
  return rests;
}

/// Symbol characters without check and stop, in sets C and B. Where both are as short the set
/// stays, and C begins. No shift: it leads to set A, whose control characters no element holds.
std::vector<unsigned> characters_of(std::string_view text) {
  const auto rests = count_rests(text);
  bool in_c = rests[0].in_c() <= rests[0].in_b();
  std::vector<unsigned> characters{in_c ? start_c : start_b, fnc1};
  for (std::size_t at = 0; at < text.size();) {
    const Rest& rest = rests[at];
    const bool as_short = rest.stay_c + 1 == rest.stay_b && text[at] != separator;
    if (in_c ? rest.stay_b + 1 < rest.stay_c : rest.stay_c + 1 < rest.stay_b || as_short) {
      in_c = !in_c;
      characters.push_back(in_c ? to_set_c : to_set_b);
    }
    if (text[at] == separator) {
      characters.push_back(fnc1);
      ++at;
    } else if (in_c) {
      characters.push_back(static_cast<unsigned>((text[at] - '0') * 10 + text[at + 1] - '0'));
      at += 2;
    } else {
      characters.push_back(static_cast<unsigned>(text[at] - ' '));
      ++at;
    }
  }
  return characters;
}

void append_widths(LinearSymbol& symbol, std::string_view widths) {
  for (const char width : widths) {
    symbol.widths.push_back(static_cast<std::uint8_t>(width - '0'));
    symbol.modules += width - '0';
  }
}

}  // namespace

Gs1Result<LinearSymbol> encode_gs1_128(const Elements& elements) {
  const auto good = check_elements(elements);
  if (!good) return good.error();
  // Every symbol begins with an FNC1 of its own.
  const std::string text = elements.empty() ? "" : with_fnc1(elements).substr(1);
  if (text.empty() || text.size() > longest_symbol) return Gs1Fault{Gs1Rule::length, {}};
  LinearSymbol symbol;
  unsigned check = 0;
  unsigned place = 0;
  for (const unsigned character : characters_of(text)) {
    check = (check + std::max(place, 1u) * character) % check_modulus;  // start and first weigh one
    ++place;
    append_widths(symbol, character_widths[character]);
  }
  append_widths(symbol, character_widths[check]);
  append_widths(symbol, stop_widths);
  return symbol;
}

}  // namespace nguon::labels
