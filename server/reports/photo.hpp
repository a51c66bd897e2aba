#pragma once

#include "ledger/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::server {

/// Octets of a photo as a phone's camera writes it.
inline constexpr std::size_t max_report_photo = 6 << 20;

/// What of a stranger's photo may be kept: decoded and drawn anew, small enough to look at and
/// large enough to read a serial on, so that no place, time, phone or hidden octet of the original
/// is left. Error: `report.photo` (not a JPEG, damaged, or beyond the limits of media.hpp).
ledger::Result<std::string> clean_photo(std::string_view octets);

}  // namespace nguon::server
