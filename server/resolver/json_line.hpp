#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::server {

/// Line, from 1, on which the value at a JSON Pointer begins. `json` has been read before, so its
/// syntax holds; where the pointer leads no further the line of what is around it is told.
std::size_t json_line(std::string_view json, std::string_view pointer);

/// Line of an octet.
std::size_t line_of(std::string_view text, std::size_t octet);

}  // namespace nguon::server
