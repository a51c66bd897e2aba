#pragma once

#include "labels/fault.hpp"

#include <string>
#include <string_view>

namespace nguon::labels {

/// The digit that makes `digits` + it a right GTIN, SSCC or GLN (GS1 General Specifications,
/// check digit of a data string): weights 3,1,3… from the right. `digits`: only '0'..'9'.
char gs1_check_digit(std::string_view digits);

/// 8, 12, 13 or 14 digits with a right check digit -> the 14 digits a Digital Link carries.
/// bad_length, bad_symbol or wrong_check_digit. Digits are never invented or repaired.
Result<std::string> read_gtin(std::string_view text);

/// A lot number as printed: `[0-9A-Z][0-9A-Z-]{0,9}`, read case-blind into upper case.
/// bad_length or bad_symbol. Ten symbols keep a Digital Link with GTIN and serial scannable small.
Result<std::string> read_lot(std::string_view text);

}  // namespace nguon::labels
