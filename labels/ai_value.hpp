#pragma once

#include "labels/ai_table.hpp"
#include "labels/gs1_fault.hpp"

#include <string_view>

namespace nguon::labels {

/// Whether `value` is one that `ai` can have: its parts, their characters and what else must hold
/// (labels/FORMAT.md §10).
Gs1Result<void> check_ai_value(const Ai& ai, std::string_view value);

/// `length` digits of which the last is the check digit of the others.
bool check_digit_holds(std::string_view digits, std::size_t length);

/// The two check characters of a GMN (GS1 General Specifications §7.9.5) that follow `body`, which
/// is of the 82 characters and at most 23 long.
std::string gs1_check_pair(std::string_view body);

}  // namespace nguon::labels
