#pragma once

namespace nguon::ledger {

/// ASCII alone, whatever the locale: what grammars of DESIGN §3 are written in.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace nguon::ledger
