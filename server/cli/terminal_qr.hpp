#pragma once

#include <string>
#include <string_view>

namespace nguon::server {

/// A QR of `text` for a terminal: UTF-8 half blocks, two rows of modules a line, quiet zone
/// included, its colours set by escape sequences (ECMA-48), so that it reads on dark and bright
/// terminals. Empty when `text` does not fit or is no printable ASCII.
std::string terminal_qr(std::string_view text);

}  // namespace nguon::server
