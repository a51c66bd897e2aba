#pragma once

#include <string>
#include <string_view>

namespace nguon::schemas {

/// One reference token of a JSON Pointer (RFC 6901 §3): ~ becomes ~0, / becomes ~1.
inline std::string pointer_token(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

}  // namespace nguon::schemas
