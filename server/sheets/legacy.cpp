#include "server/sheets/legacy.hpp"

#include "server/sheets/cell_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace nguon::server {
namespace {

using Octets = std::string;

// Windows-1252 from 0x80 to 0x9F; the rest is Latin-1.
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

char32_t from_1252(unsigned char octet) {
  return octet >= 0x80 && octet < 0xA0 ? windows_1252[octet - 0x80U] : octet;
}

/// Absent where a letter is none of Windows-1252.
std::optional<Octets> to_1252(std::u32string_view text) {
  Octets octets;
  for (const char32_t c : text) {
    if (c < 0x100) {
      octets += static_cast<char>(c);
      continue;
    }
    const auto* found = std::ranges::find(windows_1252, static_cast<char16_t>(c));
    if (c > 0xFFFF || found == windows_1252.end()) return std::nullopt;
    octets += static_cast<char>(0x80 + (found - windows_1252.begin()));
  }
  return octets;
}

std::string as_1252(const Octets& octets) {
  std::string text;
  for (const char octet : octets) text += utf8_of(from_1252(static_cast<unsigned char>(octet)));
  return text;
}

/// Windows-1258 differs from Windows-1252 in nine letters and five combining tones.
std::string as_1258(const Octets& octets) {
  std::string text;
  for (const char one : octets) {
    const auto octet = static_cast<unsigned char>(one);
    static constexpr std::array<std::array<char16_t, 2>, 14> other{{{0xC3, 0x102},
                                                                    {0xCC, 0x300},
                                                                    {0xD0, 0x110},
                                                                    {0xD2, 0x309},
                                                                    {0xD5, 0x1A0},
                                                                    {0xDD, 0x1AF},
                                                                    {0xDE, 0x303},
                                                                    {0xE3, 0x103},
                                                                    {0xEC, 0x301},
                                                                    {0xF0, 0x111},
                                                                    {0xF2, 0x323},
                                                                    {0xF5, 0x1A1},
                                                                    {0xFD, 0x1B0},
                                                                    {0xFE, 0x20AB}}};
    const auto* found =
        std::ranges::find_if(other, [&](const auto& pair) { return pair[0] == octet; });
    text += utf8_of(found == other.end() ? from_1252(octet) : char32_t{(*found)[1]});
  }
  return text;
}

/// TCVN 5712:1993 VN3 from 0xA1 to 0xFE; '.' where the fonts have no letter.
std::string as_tcvn3(const Octets& octets) {
  static const std::u32string table = code_points(
      "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù."
      "ủũúụừửữứựỳỷỹýỵ");
  std::string text;
  for (const char one : octets) {
    const auto octet = static_cast<unsigned char>(one);
    if (octet < 0x80) {
      text += one;
      continue;
    }
    const char32_t letter = octet >= 0xA1 && octet < 0xFF ? table[octet - 0xA1U] : U'.';
    text += letter == U'.' ? "\uFFFD" : utf8_of(letter);
  }
  return text;
}

/// VNI-Windows: a letter and an octet for what stands above or below it; some letters of their own.
std::string as_vni(const Octets& octets) {
  // Lower case; capitals are 0x20 below. Marks: a first code point, then a tone or nothing.
  struct Mark {
    unsigned char octet;
    char16_t shape, tone;
  };
  static constexpr std::array<Mark, 17> marks{{{0xF9, 0, 0x301},
                                               {0xF8, 0, 0x300},
                                               {0xFB, 0, 0x309},
                                               {0xF5, 0, 0x303},
                                               {0xEF, 0, 0x323},
                                               {0xE2, 0x302, 0},
                                               {0xE1, 0x302, 0x301},
                                               {0xE0, 0x302, 0x300},
                                               {0xE5, 0x302, 0x309},
                                               {0xE3, 0x302, 0x303},
                                               {0xE4, 0x302, 0x323},
                                               {0xEA, 0x306, 0},
                                               {0xE9, 0x306, 0x301},
                                               {0xE8, 0x306, 0x300},
                                               {0xFA, 0x306, 0x309},
                                               {0xFC, 0x306, 0x303},
                                               {0xEB, 0x306, 0x323}}};
  struct Letter {
    unsigned char octet;
    char16_t small, capital;
  };
  static constexpr std::array<Letter, 9> letters{{{0xED, 0xED, 0xCD},
                                                  {0xEC, 0xEC, 0xCC},
                                                  {0xE6, 0x1EC9, 0x1EC8},
                                                  {0xF3, 0x129, 0x128},
                                                  {0xF2, 0x1ECB, 0x1ECA},
                                                  {0xEE, 0x1EF5, 0x1EF4},
                                                  {0xF4, 0x1A1, 0x1A0},
                                                  {0xF6, 0x1B0, 0x1AF},
                                                  {0xF1, 0x111, 0x110}}};
  std::string text;
  for (const char one : octets) {
    const auto octet = static_cast<unsigned char>(one);
    if (octet < 0x80) {
      text += one;
      continue;
    }
    const bool capital = octet < 0xE0;
    const auto small = static_cast<unsigned char>(capital ? octet + 0x20 : octet);
    if (const auto* mark = std::ranges::find(marks, small, &Mark::octet); mark != marks.end()) {
      if (mark->shape != 0) text += utf8_of(mark->shape);
      if (mark->tone != 0) text += utf8_of(mark->tone);
    } else if (const auto* letter = std::ranges::find(letters, small, &Letter::octet);
               letter != letters.end()) {
      text += utf8_of(capital ? letter->capital : letter->small);
    } else {
      text += "\uFFFD";
    }
  }
  return text;
}

std::optional<std::string> as_utf8_twice(const Octets& octets) {
  if (!is_utf8(octets)) return std::nullopt;
  return octets;
}

/// Syllables count for a reading, other words with letters beyond ASCII against it.
int worth(std::string_view text) {
  int sum = 0;
  std::size_t at = 0;
  static constexpr std::string_view apart = " \n,.;:/()-+&\"'";
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of(apart, at), text.size());
    const auto word = text.substr(at, end - at);
    const bool foreign = std::ranges::any_of(word, [](char c) { return (c & 0x80) != 0; });
    if (foreign)
      sum += is_syllable(word) ? 2 : -2;
    else if (!word.empty() && word.size() < 8 && is_syllable(word))
      sum += 1;
    at = end + 1;
  }
  return sum;
}

}  // namespace

Cell read_cell(std::string_view octets, Encoding usual) {
  if (octets.empty()) return {};
  const bool ascii = std::ranges::none_of(octets, [](char c) { return (c & 0x80) != 0; });
  const bool unicode = ascii || is_utf8(octets);
  Cell cell;
  std::optional<Octets> narrow;
  if (unicode) {
    cell.text = clean_lines(octets, max_cell_text);
    if (ascii) return cell;
    narrow = to_1252(code_points(octets));
    if (!narrow) return cell;
  } else {
    narrow = Octets(octets);
    cell.text = clean_lines(as_1252(*narrow), max_cell_text);
  }
  const std::string as_it_stands = cell.text;
  int best = worth(as_it_stands);
  const auto consider = [&](Encoding encoding, const std::string& decoded) {
    std::string text = clean_lines(decoded, max_cell_text);
    if (text == as_it_stands) return;
    const int value = worth(text);
    if (value < best || (value == best && encoding != usual)) return;
    best = value;
    cell.text = std::move(text);
    cell.encoding = encoding;
  };
  consider(Encoding::windows_1258, as_1258(*narrow));
  consider(Encoding::tcvn3, as_tcvn3(*narrow));
  consider(Encoding::vni, as_vni(*narrow));
  if (unicode) {
    if (const auto again = as_utf8_twice(*narrow)) consider(Encoding::utf8_twice, *again);
  }
  if (cell.encoding != Encoding::unicode) cell.written = as_it_stands;
  return cell;
}

}  // namespace nguon::server
