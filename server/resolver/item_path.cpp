#include "server/resolver/item_path.hpp"

#include "labels/ascii.hpp"
#include "labels/digital_link.hpp"

#include <algorithm>
#include <cstddef>

namespace nguon::server {
namespace {

using labels::is_digit;
using labels::is_upper;

constexpr std::size_t longest_own_name = 40;
constexpr std::size_t longest_own_code = 20;

/// Words that stood for application identifiers before version 1.3: programs that hash events still
/// rewrite them, also in addresses that are not GS1's.
constexpr std::string_view former_words[] = {
    "gtin", "itip", "cpv",   "lot",  "ser",  "tpx",  "gln",  "glnx", "glnc", "party", "payto",
    "gsrn", "srin", "gsrnp", "sscc", "ginc", "gsin", "grai", "giai", "gdti", "gcn",   "cpi",
    "cpsn", "gmn",  "refno", "upui"};

/// `farm-1` is read as a date by a known program.
bool ends_in_hyphen_digits(std::string_view text) {
  const auto hyphen = text.rfind('-');
  return hyphen != std::string_view::npos && hyphen + 1 < text.size() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(hyphen) + 1, text.end(), is_digit);
}

/// Letters, digits and hyphens, at least one of them a letter, so that it is no GS1 identifier.
bool is_plain(std::string_view text, std::size_t longest) {
  const auto letter = [](char c) { return is_upper(labels::to_upper(c)); };
  return !text.empty() && text.size() <= longest && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_digit(c) || letter(c) || c == '-'; }) &&
         std::any_of(text.begin(), text.end(), letter) && !ends_in_hyphen_digits(text);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

std::optional<std::string> name_in(std::string_view text) {
  std::string name = lower_case(text);
  const bool word = std::find(std::begin(former_words), std::end(former_words), name) !=
                    std::end(former_words);
  if (word || !is_plain(name, longest_own_name)) return std::nullopt;
  return name;
}

std::optional<std::string> code_in(std::string_view text) {
  if (!is_plain(text, longest_own_code)) return std::nullopt;
  return labels::upper(text);
}

std::vector<std::string_view> path_parts(std::string_view path) {
  std::vector<std::string_view> parts;
  if (path.ends_with('/')) path.remove_suffix(1);
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    parts.push_back(path.substr(0, path.find('/')));
    path.remove_prefix(parts.back().size());
  }
  return parts;
}

}  // namespace

labels::Gs1Result<ItemLevels> gs1_levels(std::string_view target) {
  const auto link = labels::read_digital_target(target);
  if (!link) return link.error();
  ItemLevels levels;
  for (std::size_t count = link->path; count > 0; --count) {
    levels.push_back(labels::key_path(link->elements, count));
  }
  return levels;
}

std::optional<ItemLevels> own_levels(std::string_view path) {
  const auto parts = path_parts(path);
  if (parts.size() < 3) return std::nullopt;
  const auto holder = name_in(parts[0]);
  const std::string kind = lower_case(parts[1]);
  const auto name = name_in(parts[2]);
  if (!holder || !name) return std::nullopt;
  const std::string first = '/' + *holder + '/' + kind + '/' + *name;
  if (parts.size() == 3) {
    if (kind != "class" && kind != "loc") return std::nullopt;
    return ItemLevels{first};
  }
  if (kind == "obj" && parts.size() == 4) {
    const auto serial = code_in(parts[3]);
    if (!serial) return std::nullopt;
    return ItemLevels{first + '/' + *serial};
  }
  if (kind != "class" || parts.size() != 5 || lower_case(parts[3]) != "batch") return std::nullopt;
  const auto lot = code_in(parts[4]);
  if (!lot) return std::nullopt;
  return ItemLevels{first + "/batch/" + *lot, first};
}

bool is_restricted(std::string_view gs1_path) {
  std::string_view digits;
  if (gs1_path.starts_with("/01/")) digits = gs1_path.substr(5);  // after the indicator
  if (gs1_path.starts_with("/414/") || gs1_path.starts_with("/417/")) digits = gs1_path.substr(5);
  return digits.starts_with("02") || digits.starts_with("04") || digits.starts_with('2');
}

}  // namespace nguon::server
