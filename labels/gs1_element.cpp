#include "labels/gs1_element.hpp"

#include "labels/ascii.hpp"
#include "labels/gtin.hpp"

#include <algorithm>
#include <array>

namespace nguon::labels {
namespace {

enum class ElementKind { digits, key, date, text };

struct ElementRule {
  std::string_view ai;  ///< `n` stands for any digit
  ElementKind kind;
  std::size_t least;
  std::size_t most;
  bool needs_separator;
  std::string_view asks_for = {};  ///< one of these, two digits each
};

/// What cartons, sacks and pallets of ours carry, no more (GS1 General Specifications §3).
constexpr std::array<ElementRule, 12> element_rules{{
    {"00", ElementKind::key, 18, 18, false},
    {"01", ElementKind::key, 14, 14, false},
    {"02", ElementKind::key, 14, 14, false, "37"},
    {"10", ElementKind::text, 1, 20, true, "0102"},
    {"11", ElementKind::date, 6, 6, false, "0102"},
    {"13", ElementKind::date, 6, 6, false, "0102"},
    {"15", ElementKind::date, 6, 6, false, "0102"},
    {"17", ElementKind::date, 6, 6, false, "0102"},
    {"21", ElementKind::text, 1, 20, true, "01"},
    {"310n", ElementKind::digits, 6, 6, false, "0102"},
    {"330n", ElementKind::digits, 6, 6, false, "0001"},
    {"37", ElementKind::digits, 1, 8, true, "02"},
}};

/// Characters of one GS1-128 symbol, separators included (GS1 General Specifications §5.4).
constexpr std::size_t longest_symbol = 48;

const ElementRule* rule_of(std::string_view ai) {
  for (const ElementRule& rule : element_rules) {
    const bool same = rule.ai.size() == ai.size() &&
                      std::equal(ai.begin(), ai.end(), rule.ai.begin(), [](char c, char ruled) {
                        return ruled == 'n' ? c >= '0' && c <= '5' : c == ruled;
                      });
    if (same) return &rule;
  }
  return nullptr;
}

/// GS1 AI encodable character set 82 (GS1 General Specifications §7.11).
bool is_set_82(char c) {
  return is_digit(c) || is_upper(c) || is_upper(to_upper(c)) ||
         std::string_view("!\"%&'()*+,-./:;<=>?_").find(c) != std::string_view::npos;
}

/// `YYMMDD`; day 00 is the last of its month. A year of two digits is a leap year when four divides
/// it, in every century GS1's window can mean until 2100.
bool is_gs1_date(std::string_view digits) {
  const auto two = [&](std::size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
  const int month = two(2);
  if (month < 1 || month > 12) return false;
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int leap = month == 2 && two(0) % 4 == 0 ? 1 : 0;
  return two(4) <= days[static_cast<std::size_t>(month - 1)] + leap;
}

Result<void> check_value(const ElementRule& rule, std::string_view value) {
  if (value.size() < rule.least || value.size() > rule.most) return Fault::bad_length;
  if (rule.kind == ElementKind::text) {
    if (!std::all_of(value.begin(), value.end(), is_set_82)) return Fault::bad_symbol;
    return {};
  }
  if (!std::all_of(value.begin(), value.end(), is_digit)) return Fault::bad_symbol;
  if (rule.kind == ElementKind::key &&
      gs1_check_digit(value.substr(0, value.size() - 1)) != value.back()) {
    return Fault::wrong_check_digit;
  }
  if (rule.kind == ElementKind::date && !is_gs1_date(value)) return Fault::out_of_range;
  return {};
}

bool is_there(std::span<const Gs1Element> elements, std::string_view ai) {
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Gs1Element& element) { return element.ai == ai; });
}

Result<void> check_company(std::span<const Gs1Element> elements) {
  if (elements.empty()) return Fault::bad_order;
  for (const Gs1Element& element : elements) {
    const ElementRule* const rule = rule_of(element.ai);
    if (rule == nullptr) return Fault::bad_order;
    const auto same = std::count_if(elements.begin(), elements.end(), [&](const auto& other) {
      return rule_of(other.ai) == rule;  // 3102 and 3103 would be two weights of one thing
    });
    if (same > 1) return Fault::bad_order;
    bool asked = rule->asks_for.empty();
    for (std::size_t at = 0; at < rule->asks_for.size(); at += 2) {
      asked = asked || is_there(elements, rule->asks_for.substr(at, 2));
    }
    if (!asked) return Fault::bad_order;
  }
  // 02 says what is inside the unit of 00; 01 is the unit itself.
  const bool inside = is_there(elements, "02");
  if (inside && (!is_there(elements, "00") || is_there(elements, "01"))) return Fault::bad_order;
  return {};
}

}  // namespace

Result<std::string> gs1_element_string(std::span<const Gs1Element> elements) {
  if (const auto together = check_company(elements); !together) return together.error();
  std::string text;
  for (const Gs1Element& element : elements) {
    const ElementRule& rule = *rule_of(element.ai);
    if (const auto right = check_value(rule, element.value); !right) return right.error();
    text += element.ai + element.value;
    if (rule.needs_separator && &element != &elements.back()) text += gs1_separator;
  }
  if (text.size() > longest_symbol) return Fault::bad_length;
  return text;
}

std::string gs1_shown(std::span<const Gs1Element> elements) {
  std::string shown;
  for (const Gs1Element& element : elements) shown += "(" + element.ai + ")" + element.value;
  return shown;
}

Result<std::vector<Gs1Element>> read_gs1_elements(std::string_view typed) {
  // Brackets included, the longest symbol is far below this.
  if (typed.empty() || typed.size() > 4 * longest_symbol) return Fault::bad_length;
  std::vector<Gs1Element> elements;
  while (!typed.empty()) {
    const std::size_t close = typed.find(')');
    if (typed.front() != '(' || close == std::string_view::npos) return Fault::bad_symbol;
    const std::size_t next = std::min(typed.find('(', close), typed.size());
    elements.push_back({std::string(typed.substr(1, close - 1)),
                        std::string(typed.substr(close + 1, next - close - 1))});
    typed.remove_prefix(next);
  }
  if (const auto text = gs1_element_string(elements); !text) return text.error();
  return elements;
}

}  // namespace nguon::labels
