#pragma once

#include "labels/fault.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::labels {

/// The prefix GS1 keeps for documents and demonstrations: it names nobody.
inline constexpr std::string_view demo_company_prefix = "952";

/// A GS1 Company Prefix as its owner's licence states it: 4 to 12 digits. bad_length or bad_symbol.
/// Whether it is theirs no arithmetic can tell: it comes from the operator, never from here.
Result<std::string> read_company_prefix(std::string_view text);

/// The number of one logistic unit (carton, pallet): extension digit 0..9, the prefix, the
/// `reference` with zeros on its left, check digit. out_of_range for an extension or reference that
/// does not fit; faults of read_company_prefix.
Result<std::string> make_sscc(unsigned extension, std::string_view company_prefix,
                              std::uint64_t reference);

/// 18 digits with a right check digit; spaces are dropped. bad_length, bad_symbol,
/// wrong_check_digit.
Result<std::string> read_sscc(std::string_view typed);

}  // namespace nguon::labels
