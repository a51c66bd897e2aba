#pragma once

#include "labels/fault.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// One fact of a GS1 element string: application identifier and value, without brackets.
struct Gs1Element {
  std::string ai;
  std::string value;
  bool operator==(const Gs1Element&) const = default;
};

/// Stands for FNC1 between elements, as readers transmit it (labels/FORMAT.md §6).
inline constexpr char gs1_separator = '\x1d';

/// The elements behind one another, checked: the closed list of identifiers, lengths, symbols,
/// check digits, dates, and which identifiers ask for others. A separator stands after every
/// element of variable length but the last. bad_order: none, an unlisted or doubled identifier, or
/// one without those it asks for; bad_length (also over 48 characters), bad_symbol,
/// wrong_check_digit, out_of_range (a date that is none).
Result<std::string> gs1_element_string(std::span<const Gs1Element> elements);

/// `(00)395212340000002001`, as printed below the bars.
std::string gs1_shown(std::span<const Gs1Element> elements);

/// `(00)…(10)…` as a person types it, into checked elements. A value cannot hold `(`.
Result<std::vector<Gs1Element>> read_gs1_elements(std::string_view typed);

}  // namespace nguon::labels
