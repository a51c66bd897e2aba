#pragma once

#include "server/signals/province_table.hpp"

#include <cstdint>

namespace nguon::server {

/// Whether nobody and no pack can have been in both within so many seconds (README "Too far").
/// False when either is not known.
bool too_far(Province a, Province b, std::int64_t seconds);

/// Kilometres between the seats of two provinces; 0 when either is not known.
double kilometres(Province a, Province b);

}  // namespace nguon::server
