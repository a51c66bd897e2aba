#pragma once

#include <string_view>

namespace nguon::labels {

/// ISO 3166-1 numeric.
bool is_country(unsigned number);

/// ISO 3166-1 alpha-2, upper case.
bool is_country(std::string_view letters);

}  // namespace nguon::labels
