#include "schemas/folding.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/fields.hpp"
#include "server/sheets/legacy.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t max_phones = 4;

/// Prefixes of eleven digits that ended on 2018-09-15, and what came of them (plan of the Ministry
/// of Information and Communications, Decision 798/QĐ-BTTTT).
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> old_prefixes{{
    {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0126", "076"}, {"0128", "078"},
    {"0123", "083"}, {"0124", "084"}, {"0125", "085"}, {"0127", "081"}, {"0129", "082"},
    {"0162", "032"}, {"0163", "033"}, {"0164", "034"}, {"0165", "035"}, {"0166", "036"},
    {"0167", "037"}, {"0168", "038"}, {"0169", "039"}, {"0186", "056"}, {"0188", "058"},
    {"0199", "059"},
}};

bool is_mobile(std::string_view digits) {
  return digits.size() == 10 && digits[0] == '0' &&
         std::string_view("35789").find(digits[1]) != std::string_view::npos;
}

ReadPhone read_phone(std::string digits) {
  using enum ReadPhone::Kind;
  if (digits.starts_with("0084")) digits.replace(0, 4, "0");
  if (digits.starts_with("84") && digits.size() >= 11)
    digits.replace(0, digits.starts_with("840") ? 3 : 2, "0");
  if (is_mobile(digits)) return {digits, good};
  if (digits.size() == 11 && digits.starts_with("02")) return {digits, good};
  if (is_mobile('0' + digits)) return {'0' + digits, zero};
  for (const auto& [old, now] : old_prefixes) {
    if (digits.size() == 11 && digits.starts_with(old))
      return {std::string(now) + digits.substr(4), ReadPhone::Kind::old};
    if (digits.size() == 10 && digits.starts_with(old.substr(1)))
      return {std::string(now) + digits.substr(3), ReadPhone::Kind::old};
  }
  return {digits, bad};
}

std::vector<std::string> words_between(std::string_view text, std::string_view marks) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (marks.find(c) == std::string_view::npos) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string cased(std::string_view word, bool first_upper) {
  std::string out;
  bool first = true;
  for (const char32_t c : code_points(word)) {
    const auto code = static_cast<utf8proc_int32_t>(c);
    const bool up = first && first_upper;
    out +=
        utf8_of(static_cast<std::uint32_t>(up ? utf8proc_toupper(code) : utf8proc_tolower(code)));
    first = c == U'-' || c == U'\'';
  }
  return out;
}

/// "NGUYỄN VĂN MẪU" and "nguyễn văn mẫu" as people write it.
std::string name_case(std::string_view name) {
  std::string out;
  for (const auto& word : words_between(name, " ")) {
    if (!out.empty()) out += ' ';
    out += cased(word, true);
  }
  return out;
}

bool begins_lower(std::string_view word) {
  return cased(word, true) != word && cased(word, false) == word;
}
bool all_upper(std::string_view name) {
  bool letters = false;
  for (const char32_t c : code_points(name)) {
    const auto code = static_cast<utf8proc_int32_t>(c);
    if (utf8proc_tolower(code) == code) continue;
    letters = true;
  }
  if (!letters) return false;
  return std::ranges::all_of(code_points(name), [](char32_t c) {
    const auto code = static_cast<utf8proc_int32_t>(c);
    return utf8proc_toupper(code) == code;
  });
}

/// The name behind "Ông", "Bà" and the like; empty where there is none.
std::string without_title(std::string_view name) {
  static constexpr std::array<std::string_view, 9> titles{"ông", "bà", "anh",    "chị",  "chú",
                                                          "cô",  "hộ", "hộ ông", "hộ bà"};
  const auto words = words_between(name, " ");
  std::size_t taken = 0;
  for (std::size_t count = std::min<std::size_t>(2, words.size()); count > 0 && taken == 0;
       --count) {
    std::string front = words[0];
    if (count == 2) front += ' ' + words[1];
    if (front.ends_with(':') || front.ends_with('.')) front.pop_back();
    // Marks tell titles from surnames: Hồ, Cồ and Chu are people.
    const bool title = std::ranges::find(titles, cased(front, false)) != titles.end();
    if (title && words.size() >= count + 2) taken = count;
  }
  std::string rest;
  for (std::size_t at = taken; taken > 0 && at < words.size(); ++at)
    rest += (rest.empty() ? "" : " ") + words[at];
  return rest;
}

std::vector<std::string> people_in(const std::string& text) {
  std::string flat = text;
  for (const std::string_view both : {" và ", " VÀ ", " & "}) {
    for (auto at = flat.find(both); at != std::string::npos; at = flat.find(both))
      flat.replace(at, both.size(), "/");
  }
  for (auto at = flat.find(" - "); at != std::string::npos; at = flat.find(" - "))
    flat.replace(at, 3, "/");
  std::vector<std::string> names;
  for (const auto& part : words_between(flat, "/,;+\n")) {
    std::string name = clean_cell(part, max_cell_text);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

std::vector<ReadPhone> read_phones(const Cell& cell) {
  std::vector<ReadPhone> phones;
  const auto add = [&](const std::string& text) {
    std::string digits;
    for (const char c : text) {
      if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.empty() || phones.size() == max_phones) return;
    phones.push_back(read_phone(std::move(digits)));
  };
  const auto parts = words_between(cell.text, "/;,\n");
  for (const auto& part : parts) {
    const auto tried = words_between(part, "-");
    // "0912-345-678" is one number, "0912345678-0987654321" are two.
    const bool whole = std::ranges::any_of(tried, [](const auto& one) {
      return std::ranges::count_if(one, [](char c) { return c >= '0' && c <= '9'; }) < 8;
    });
    if (whole) {
      add(part);
    } else {
      for (const auto& one : tried) add(one);
    }
  }
  if (phones.empty() && !cell.text.empty()) phones.push_back({"", ReadPhone::Kind::bad});
  return phones;
}

ReadName read_name(const Cell& cell) {
  using enum ReadName::Kind;
  auto names = people_in(cell.text);
  if (names.size() > 1) {
    // "Nguyễn Văn A, Chiềng Mai" is no second person: each of two has a surname and a name.
    const bool persons = std::ranges::all_of(
        names, [](const auto& name) { return words_between(name, " ").size() >= 2; });
    return {persons ? two : odd, std::move(names)};
  }
  const std::string& name = cell.text;
  const std::string plain = without_title(name);
  if (!plain.empty()) return {title, {all_upper(plain) ? name_case(plain) : plain}};
  const auto words = words_between(name, " ");
  const bool foreign = name.find("\uFFFD") != std::string::npos ||
                       name.find_first_of("0123456789()[]{}<>?*#@=_|\\\"") != std::string::npos;
  const bool guessed =
      cell.encoding != Encoding::unicode && std::ranges::any_of(words, [](const auto& word) {
        return std::ranges::any_of(word, [](char c) { return (c & 0x80) != 0; }) &&
               !is_syllable(word);
      });
  if (foreign || guessed || words.size() < 2) {
    std::string kept = name;
    std::erase_if(kept, [](char c) {
      return std::string_view("0123456789()[]{}<>?*#@=_|\\\"").find(c) != std::string_view::npos;
    });
    kept = clean_cell(kept, max_cell_text);
    return {odd, foreign && kept != name && !kept.empty() ? std::vector<std::string>{kept}
                                                          : std::vector<std::string>{}};
  }
  if (all_upper(name) || std::ranges::any_of(words, begins_lower))
    return {capitals, {name_case(name)}};
  return {};
}

}  // namespace nguon::server
