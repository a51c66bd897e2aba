#include "labels/element_string.hpp"

#include "labels/ai_table.hpp"
#include "labels/ai_value.hpp"

#include <algorithm>
#include <array>

namespace nguon::labels {
namespace {

bool any_fits(const Elements& elements, std::string_view pattern) {
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Element& element) { return fits_pattern(element.ai, pattern); });
}

/// Adds what is not there yet. repeated: there with another value.
Gs1Result<void> add_element(Elements& elements, Element element) {
  for (const Element& known : elements) {
    if (known.ai != element.ai) continue;
    if (known.value != element.value) return Gs1Fault{Gs1Rule::repeated, element.ai};
    return {};
  }
  elements.push_back(std::move(element));
  return {};
}

/// The value up to the next bracket, without its escapes; `text` is what follows.
std::string bracket_value(std::string_view& text) {
  std::string value;
  std::size_t at = 0;
  for (; at < text.size() && text[at] != '('; ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '(') ++at;
    value += text[at];
  }
  text.remove_prefix(at);
  return value;
}

Gs1Result<Elements> read_brackets(std::string_view text) {
  Elements elements;
  while (!text.empty()) {
    const auto close = text.find(')');
    if (text.front() != '(' || close == std::string_view::npos) {
      return Gs1Fault{Gs1Rule::brackets, {}};
    }
    const Ai* ai = find_ai(text.substr(1, close - 1));
    if (ai == nullptr) return Gs1Fault{Gs1Rule::unknown_ai, {}};
    text.remove_prefix(close + 1);
    auto added = add_element(elements, {ai->code, bracket_value(text)});
    if (!added) return added.error();
  }
  return elements;
}

Gs1Result<Elements> read_scanned(std::string_view text, char fnc1) {
  Elements elements;
  while (!text.empty()) {
    const Ai* ai = leading_ai(text);
    if (ai == nullptr) return Gs1Fault{Gs1Rule::unknown_ai, {}};
    text.remove_prefix(ai->code.size());
    std::string_view value = text.substr(0, text.find(fnc1));
    if (ai->fixed) {
      std::size_t length = 0;
      for (const AiPart& part : ai->parts) length += part.longest;
      value = value.substr(0, length);
    }
    text.remove_prefix(value.size());
    // After a value of predefined length FNC1 is superfluous, not wrong.
    if (text.starts_with(fnc1)) {
      text.remove_prefix(1);
      if (text.empty()) return Gs1Fault{Gs1Rule::length, {}};
    }
    auto added = add_element(elements, {ai->code, std::string(value)});
    if (!added) return added.error();
  }
  return elements;
}

Gs1Result<Elements> read_any(std::string_view text) {
  if (text.starts_with('(')) return read_brackets(text);
  constexpr auto symbologies = std::to_array<std::string_view>({"]d2", "]Q3", "]C1", "]e0", "]J1"});
  for (const auto symbology : symbologies) {
    if (text.starts_with(symbology)) return read_scanned(text.substr(symbology.size()), '\x1D');
  }
  if (text.starts_with('^')) return read_scanned(text.substr(1), '^');
  if (text.starts_with('\x1D')) text.remove_prefix(1);
  return read_scanned(text, '\x1D');
}

Gs1Result<void> check_partners(const Ai& ai, const Elements& elements) {
  const auto there = [&](const std::string& pattern) { return any_fits(elements, pattern); };
  for (const auto& pattern : ai.excludes) {
    if (there(pattern)) return Gs1Fault{Gs1Rule::contradiction, ai.code};
  }
  if (ai.alone) {
    const auto relatives = std::count_if(elements.begin(), elements.end(), [&](const Element& one) {
      return one.ai.size() == ai.code.size() && one.ai.substr(0, 3) == ai.code.substr(0, 3);
    });
    if (relatives > 1) return Gs1Fault{Gs1Rule::contradiction, ai.code};
  }
  if (ai.partners.empty()) return {};
  const bool served = std::any_of(ai.partners.begin(), ai.partners.end(), [&](const auto& group) {
    return std::all_of(group.begin(), group.end(), there);
  });
  if (!served) return Gs1Fault{Gs1Rule::alone, ai.code};
  return {};
}

}  // namespace

Gs1Result<void> check_elements(const Elements& elements) {
  for (const Element& element : elements) {
    const Ai* ai = find_ai(element.ai);
    if (ai == nullptr) return Gs1Fault{Gs1Rule::unknown_ai, {}};
    auto good = check_ai_value(*ai, element.value);
    if (!good) return good;
  }
  for (const Element& element : elements) {
    auto good = check_partners(*find_ai(element.ai), elements);
    if (!good) return good;
  }
  return {};
}

Gs1Result<Elements> read_element_string(std::string_view text) {
  if (text.empty() || text.size() > longest_gs1_text) return Gs1Fault{Gs1Rule::length, {}};
  auto elements = read_any(text);
  if (!elements) return elements;
  if (elements->empty()) return Gs1Fault{Gs1Rule::length, {}};
  const auto good = check_elements(*elements);
  if (!good) return good.error();
  return elements;
}

std::string bracketed(const Elements& elements) {
  std::string text;
  for (const Element& element : elements) {
    text += '(' + element.ai + ')';
    for (const char c : element.value) {
      if (c == '(') text += '\\';
      text += c;
    }
  }
  return text;
}

std::string with_fnc1(const Elements& elements) {
  std::string text;
  bool separate = true;
  for (const Element& element : elements) {
    if (separate) text += '^';
    text += element.ai + element.value;
    const Ai* ai = find_ai(element.ai);
    separate = ai == nullptr || !ai->fixed;
  }
  return text;
}

bool ends_before_it_begins(const Elements& elements) {
  return std::any_of(elements.begin(), elements.end(), [](const Element& element) {
    const std::string_view days = element.value;
    return element.ai == "7007" && days.size() == 12 && days.substr(6) < days.substr(0, 6);
  });
}

}  // namespace nguon::labels
