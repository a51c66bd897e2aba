#pragma once

#include "labels/gs1_fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// An application identifier with its value.
struct Element {
  std::string ai;
  std::string value;
  bool operator==(const Element&) const = default;
};
using Elements = std::vector<Element>;

/// Longest element string or Digital Link that is looked at.
inline constexpr std::size_t longest_gs1_text = 2048;

/// `(01)…(10)…` as printed beside a symbol, `\(` for a bracket within a value; or what a scanner
/// says: optionally a symbology identifier (`]d2`, `]Q3`, `]C1`, `]e0`, `]J1`), then elements with
/// FNC1 as U+001D, or as `^` where the text begins with one. The elements keep their order and
/// are checked (check_elements); one given twice with one value stands once.
Gs1Result<Elements> read_element_string(std::string_view text);

/// Each value by itself, then what must and what must not stand together.
Gs1Result<void> check_elements(const Elements& elements);

/// `(01)…(10)…`.
std::string bracketed(const Elements& elements);

/// `^01…10…^21…`, FNC1 as `^` first and after each value whose length is not predefined.
std::string with_fnc1(const Elements& elements);

/// A harvest (7007) that ends before it begins: GS1's syntax allows it, its General Specifications
/// do not.
bool ends_before_it_begins(const Elements& elements);

}  // namespace nguon::labels
