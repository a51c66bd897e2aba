#include "server/office/row.hpp"

#include "schemas/folding.hpp"

#include <algorithm>

namespace nguon::server {

std::optional<RowKind> row_kind_of(std::string_view name) {
  const auto found = std::ranges::find(row_kind_names, name);
  if (found == row_kind_names.end()) return std::nullopt;
  return static_cast<RowKind>(found - row_kind_names.begin());
}

std::optional<RowKind> row_kind_of_subject(std::string_view sub) {
  static constexpr std::array<std::string_view, 5> prefixes{
      "org:", "person:", "site:", "product:", "certificate:"};
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    if (sub.starts_with(prefixes[i])) return static_cast<RowKind>(i);
  }
  return std::nullopt;
}

void Findable::add_words(std::string_view added) {
  const std::string folded = schemas::fold(added);
  if (folded.empty()) return;
  words += ' ';
  words += folded;
}

void Findable::add_code(std::string_view added) {
  std::string folded = schemas::fold(added);
  if (folded.empty()) return;
  words += ' ';
  words += folded;
  std::erase(folded, ' ');
  if (codes.empty()) codes = "\n";
  codes += folded;
  codes += '\n';
}

std::string plain_phone(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  // National numbers have nine digits behind the trunk 0 (Circular 22/2014/TT-BTTTT), old fixed
  // ones fewer.
  if (digits.starts_with("84") && digits.size() >= 10) digits.replace(0, 2, "0");
  return digits;
}

}  // namespace nguon::server
