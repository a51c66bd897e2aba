#pragma once

#include "labels/fault.hpp"

#include <string>
#include <string_view>

namespace nguon::labels {

/// The 15 printed digits of an ISO 11784 animal number, as text; spaces and hyphens are dropped.
/// bad_length, bad_symbol, or out_of_range: a prefix that is neither an ISO 3166 country nor a
/// manufacturer (900..998), or a number over 38 bits. There is no check digit to catch a typing
/// error, so whoever types a tag must be asked twice.
Result<std::string> read_animal_tag(std::string_view typed);

/// `704 0000 1234 5678`.
std::string animal_tag_groups(std::string_view tag);

}  // namespace nguon::labels
