#include "server/sheets/cell_text.hpp"
#include "server/sheets/legacy.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <set>

namespace nguon::server {
namespace {

// Vietnamese orthography: what may begin a syllable, longest first, and what may follow, toneless.
constexpr std::array<std::string_view, 29> onsets{
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ",
    "g",   "h",  "k",  "l",  "m",  "n",  "p",  "q",  "r",  "s",  "t",  "v", "x", ""};
constexpr std::string_view rhyme_list =
    " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng"
    " iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe "
    "oem"
    " oen oeo oet oi om on ong oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng "
    "uât"
    " uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu uôc uôi uôm"
    " uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt"
    " yêu ";

bool is_rhyme(std::string_view text) {
  static const std::set<std::string, std::less<>> rhymes = [] {
    std::set<std::string, std::less<>> made;
    for (std::size_t at = 1; at < rhyme_list.size();) {
      const auto end = rhyme_list.find(' ', at);
      made.emplace(rhyme_list.substr(at, end - at));
      at = end + 1;
    }
    return made;
  }();
  return rhymes.contains(text);
}

struct FreeLetters {
  void operator()(utf8proc_uint8_t* octets) const { std::free(octets); }
};

std::string mapped(std::string_view text, utf8proc_option_t how) {
  utf8proc_uint8_t* out = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &out, how);
  const std::unique_ptr<utf8proc_uint8_t, FreeLetters> owner(out);
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

/// 1 to 5 for grave, hook, tilde, acute and dot below; 0 for none of them.
char tone_of(char32_t mark) {
  switch (mark) {
    case 0x300:
      return '1';
    case 0x309:
      return '2';
    case 0x303:
      return '3';
    case 0x301:
      return '4';
    case 0x323:
      return '5';
    default:
      return 0;
  }
}

struct ToneLast {
  std::string letters;  ///< Lower case, NFC.
  std::string tones;
};

ToneLast split_tone(std::string_view word) {
  ToneLast split;
  for (const char32_t c : code_points(
           mapped(word, static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD)))) {
    if (const char tone = tone_of(c)) {
      split.tones += tone;
    } else {
      split.letters += utf8_of(c);
    }
  }
  split.letters = mapped(split.letters, UTF8PROC_COMPOSE);
  return split;
}

}  // namespace

bool is_syllable(std::string_view word) {
  const ToneLast split = split_tone(word);
  if (split.tones.size() > 1) return false;
  const bool stopped = split.letters.ends_with('c') || split.letters.ends_with('p') ||
                       split.letters.ends_with('t') || split.letters.ends_with("ch");
  if (stopped && split.tones != "4" && split.tones != "5") return false;
  return std::ranges::any_of(onsets, [&](std::string_view onset) {
    return split.letters.starts_with(onset) &&
           is_rhyme(std::string_view(split.letters).substr(onset.size()));
  });
}

std::string tone_last(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of(" \n", at), text.size());
    if (end > at) {
      const ToneLast split = split_tone(text.substr(at, end - at));
      if (!out.empty()) out += ' ';
      out += split.letters + split.tones;
    }
    at = end + 1;
  }
  return out;
}

}  // namespace nguon::server
