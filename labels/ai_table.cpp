#include "labels/ai_table.hpp"

#include "labels/ai_table_text.hpp"
#include "labels/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <stdexcept>
#include <utility>

namespace nguon::labels {
namespace {

using AiMap = std::map<std::string, Ai, std::less<>>;

constexpr auto check_names = std::to_array<std::pair<std::string_view, AiCheck>>({
    {"check", AiCheck::check},       {"pair", AiCheck::pair},
    {"prefix", AiCheck::prefix},     {"prefix2", AiCheck::prefix2},
    {"date", AiCheck::date},         {"date0", AiCheck::date0},
    {"fulldate", AiCheck::fulldate}, {"time", AiCheck::time},
    {"hour", AiCheck::hour},         {"minute", AiCheck::minute},
    {"country", AiCheck::country},   {"country999", AiCheck::country999},
    {"country2", AiCheck::country2}, {"escapes", AiCheck::escapes},
    {"bit", AiCheck::bit},           {"hyphen", AiCheck::hyphen},
    {"nonzero", AiCheck::nonzero},   {"zero", AiCheck::zero},
    {"winding", AiCheck::winding},   {"piece", AiCheck::piece},
    {"iban", AiCheck::iban},         {"letter", AiCheck::letter},
    {"importer", AiCheck::importer}, {"media", AiCheck::media},
    {"sex", AiCheck::sex},           {"birth", AiCheck::birth},
    {"latitude", AiCheck::latitude}, {"longitude", AiCheck::longitude},
    {"unpadded", AiCheck::unpadded},
});

/// The table is part of the program, so a fault in it is a bug.
[[noreturn]] void bad_table(std::string_view line) {
  throw std::logic_error("ai_table.txt: " + std::string(line));
}

std::vector<std::string> words(std::string_view text, char between) {
  std::vector<std::string> all;
  for (;;) {
    const auto end = text.find(between);
    all.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 1);
  }
}

std::size_t table_number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) bad_table(text);
  return value;
}

AiPart read_part(std::string_view text) {
  AiPart part;
  const auto pieces = words(text, ':');
  std::string_view size = pieces.front();
  constexpr std::string_view sets = "nxyz";
  const auto set = sets.find(size.front());
  if (set == std::string_view::npos) bad_table(text);
  part.charset = static_cast<AiCharset>(set);
  size.remove_prefix(1);
  part.optional = size.ends_with('?');
  if (part.optional) size.remove_suffix(1);
  const auto hyphen = size.find('-');
  part.shortest = table_number(size.substr(0, hyphen));
  part.longest =
      hyphen == std::string_view::npos ? part.shortest : table_number(size.substr(hyphen + 1));
  for (auto name = pieces.begin() + 1; name != pieces.end(); ++name) {
    const auto* found = std::find_if(check_names.begin(), check_names.end(),
                                     [&](const auto& known) { return known.first == *name; });
    if (found == check_names.end()) bad_table(text);
    part.checks.push_back(found->second);
  }
  return part;
}

void read_rule(Ai& ai, std::string_view rule) {
  const auto equals = rule.find('=');
  const std::string_view name = rule.substr(0, equals);
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view() : rule.substr(equals + 1);
  if (name == "alone") {
    ai.alone = true;
  } else if (name == "not") {
    ai.excludes = words(value, ',');
  } else if (name == "with") {
    for (const auto& group : words(value, ',')) ai.partners.push_back(words(group, '+'));
  } else if (name == "key") {
    ai.key = true;
    if (value.empty()) return;
    for (const auto& order : words(value, '/')) ai.qualifiers.push_back(words(order, ','));
  } else {
    bad_table(rule);
  }
}

void read_table_line(std::string_view line, AiMap& table) {
  const auto columns = words(line, ' ');
  if (columns.size() < 3) bad_table(line);
  Ai ai;
  ai.fixed = columns[1].find('f') != std::string::npos;
  ai.attribute = columns[1].find('a') != std::string::npos;
  for (const auto& part : words(columns[2], ';')) ai.parts.push_back(read_part(part));
  for (std::size_t i = 3; i < columns.size(); ++i) read_rule(ai, columns[i]);
  for (const auto& range : words(columns[0], ',')) {
    const auto ends = words(range, '-');
    for (std::size_t code = table_number(ends.front()); code <= table_number(ends.back()); ++code) {
      // A code keeps the length of the text: 00 is not 0.
      const std::string digits = std::to_string(code);
      ai.code = std::string(ends.front().size() - digits.size(), '0') + digits;
      if (!table.emplace(ai.code, ai).second) bad_table(line);
    }
  }
}

const AiMap& ai_map() {
  static const AiMap all = [] {
    AiMap table;
    for (const auto& line : words(ai_table_text.front(), '\n')) {
      if (!line.empty() && line.front() != '#') read_table_line(line, table);
    }
    return table;
  }();
  return all;
}

}  // namespace

const Ai* find_ai(std::string_view code) {
  const auto found = ai_map().find(code);
  return found == ai_map().end() ? nullptr : &found->second;
}

const Ai* leading_ai(std::string_view text) {
  for (std::size_t length = 2; length <= 4 && length <= text.size(); ++length) {
    if (const Ai* ai = find_ai(text.substr(0, length))) return ai;
  }
  return nullptr;
}

std::vector<std::string> primary_keys() {
  std::vector<std::string> keys;
  for (const auto& [code, ai] : ai_map()) {
    if (ai.key) keys.push_back(code);
  }
  return keys;
}

bool fits_pattern(std::string_view code, std::string_view pattern) {
  return code.size() == pattern.size() &&
         std::equal(code.begin(), code.end(), pattern.begin(),
                    [](char digit, char wanted) { return wanted == 'n' || digit == wanted; });
}

}  // namespace nguon::labels
