#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nguon::labels {

/// RFC 3986 §2.1, decoded once. Absent on `%` without two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

/// Everything outside RFC 3986's unreserved characters as `%XX`, upper case.
std::string percent_encode(std::string_view text);

}  // namespace nguon::labels
