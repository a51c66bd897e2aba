#include "schemas/folding.hpp"
#include "server/sheets/fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace nguon::server {
namespace {

constexpr std::int64_t micro_one = 1'000'000;
constexpr std::size_t max_whole_digits = 9;
constexpr std::size_t max_decimals = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whole part and decimals as digits alone.
std::optional<std::int64_t> micro_of(std::string whole, std::string decimals) {
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  // A program's 1.2000000000000002 is 1.2.
  if (decimals.size() > max_decimals) decimals.resize(max_decimals);
  if (whole.size() > max_whole_digits) return std::nullopt;
  decimals.resize(max_decimals, '0');
  std::int64_t sum = 0;
  for (const char c : whole + decimals) sum = sum * 10 + (c - '0');
  return sum;
}

/// Groups of digits between separators.
std::vector<std::string> groups_of(std::string_view digits) {
  std::vector<std::string> groups(1);
  for (const char c : digits) {
    if (is_digit(c)) {
      groups.back() += c;
    } else {
      groups.emplace_back();
    }
  }
  return groups;
}

std::string joined_groups(const std::vector<std::string>& groups, std::size_t count) {
  std::string all;
  for (std::size_t at = 0; at < count; ++at) all += groups[at];
  return all;
}

/// Whether all groups from the second to before `end` are thousands.
bool parts_thousands(const std::vector<std::string>& groups, std::size_t end) {
  if (groups[0].empty() || groups[0].size() > 3) return end <= 1;
  return std::all_of(groups.begin() + 1, groups.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const auto& group) { return group.size() == 3; });
}

std::optional<ReadNumber> whole_number(std::string digits) {
  const auto micro = micro_of(std::move(digits), {});
  if (!micro) return std::nullopt;
  return ReadNumber{*micro, {}};
}

}  // namespace

std::optional<ReadNumber> read_number(std::string_view text, bool typed_number) {
  std::string digits;
  for (const char c : text) {
    if (c == ' ' && !digits.empty()) continue;
    if (!is_digit(c) && c != '.' && c != ',') return std::nullopt;
    digits += c;
  }
  if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back())) return std::nullopt;
  const auto groups = groups_of(digits);
  if (std::ranges::any_of(groups, &std::string::empty)) return std::nullopt;
  if (groups.size() == 1) return whole_number(digits);
  const auto points = static_cast<std::size_t>(std::ranges::count(digits, '.'));
  const auto commas = static_cast<std::size_t>(std::ranges::count(digits, ','));
  const std::string before = joined_groups(groups, groups.size() - 1);
  if (points + commas == 1) {
    const auto decimal = micro_of(before, groups[1]);
    if (!decimal) return std::nullopt;
    const bool thousands = !typed_number && groups[1].size() == 3 && groups[0].size() <= 3 &&
                           groups[0] != "0" && groups[0].front() != '0';
    if (!thousands) return ReadNumber{*decimal, {}};
    auto read = whole_number(before + groups[1]);
    if (read) read->other = *decimal;
    return read;
  }
  if (points > 0 && commas > 0) {
    // "1.200,5": the mark that stands once and last parts the decimals.
    const char last = digits[digits.find_last_of(".,")];
    if ((last == '.' ? points : commas) != 1 || !parts_thousands(groups, groups.size() - 1))
      return std::nullopt;
    const auto micro = micro_of(before, groups.back());
    if (!micro) return std::nullopt;
    return ReadNumber{*micro, {}};
  }
  if (!parts_thousands(groups, groups.size())) return std::nullopt;
  return whole_number(joined_groups(groups, groups.size()));
}

std::string print_amount(std::int64_t micro) {
  std::string text = std::to_string(micro / micro_one);
  std::string decimals = std::to_string(micro_one + micro % micro_one).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? text : text + '.' + decimals;
}

std::optional<ReadArea> read_area(const Cell& cell) {
  std::string_view text = cell.text;
  const auto first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  // "khoảng 0,5 ha" and "≈ 500" are somebody's guess: read, for they stand as such in the sheet.
  const std::string_view front = text.substr(0, first);
  const std::string lead = schemas::fold(front);
  if (!lead.empty() && lead != "khoang" && lead != "dien tich") return std::nullopt;
  if (front.find('-') != std::string_view::npos) return std::nullopt;
  text.remove_prefix(first);
  std::size_t end = 0;
  while (end < text.size() &&
         (is_digit(text[end]) || text[end] == '.' || text[end] == ',' || text[end] == ' '))
    ++end;
  while (end > 0 && !is_digit(text[end - 1])) --end;
  const auto number = read_number(text.substr(0, end), cell.number);
  if (!number) return std::nullopt;
  const std::string behind = schemas::fold(text.substr(end));
  if (behind.empty()) return ReadArea{*number, {}};
  const auto unit = unit_named(behind);
  // A second number behind the unit is more than one area.
  if (!unit || (behind != "m2" && behind.find_first_of("0123456789") != std::string::npos))
    return std::nullopt;
  return ReadArea{*number, unit};
}

std::int64_t square_metres(AreaUnit unit) {
  switch (unit) {
    case AreaUnit::m2:
      return 1;
    case AreaUnit::ha:
      return 10'000;
    case AreaUnit::sao_north:
      return 360;
    case AreaUnit::sao_centre:
      return 500;
    case AreaUnit::cong:
      return 1'000;
    case AreaUnit::sao:
      return 0;
  }
  return 0;
}

ReadDay read_day(std::string_view text, const schemas::Date& today) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (is_digit(c)) {
      parts.back() += c;
    } else if (std::string_view("/-. ").find(c) != std::string_view::npos) {
      if (!parts.back().empty()) parts.emplace_back();
    } else {
      return {};
    }
  }
  if (parts.back().empty()) parts.pop_back();
  if (parts.size() != 3 ||
      std::ranges::any_of(parts, [](const auto& part) { return part.size() > 4; }))
    return {};
  std::array<int, 3> said{};
  for (std::size_t at = 0; at < 3; ++at) said[at] = std::stoi(parts[at]);
  ReadDay read;
  const auto add = [&](int year, int month, int day) {
    const schemas::Date date{year, month, day};
    if (year < 1900 || month < 1 || month > 12 || !schemas::parse_date(schemas::print_date(date)) ||
        date > today)
      return;
    if (std::ranges::find(read.days, date) == read.days.end()) read.days.push_back(date);
  };
  if (parts[0].size() == 4) {
    add(said[0], said[1], said[2]);
    read.certain = read.days.size() == 1;
    return read;
  }
  const bool short_year = parts[2].size() <= 2;
  int year = said[2];
  if (short_year) year += 2000 + year > today.year ? 1900 : 2000;
  add(year, said[1], said[0]);
  const bool in_order = !read.days.empty();
  // 3/25/2019 was written by a program that was not set to Vietnam.
  if (!in_order) add(year, said[0], said[1]);
  read.certain = in_order && !short_year;
  return read;
}

}  // namespace nguon::server
