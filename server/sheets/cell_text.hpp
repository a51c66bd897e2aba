#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

/// One text as it may be stored: NFC; no control characters, zero-width ones or byte order marks;
/// every run of blanks (also no-break ones) and line ends one space, none at the ends; at most
/// `limit` code points. Empty where `text` is not UTF-8.
std::string clean_cell(std::string_view text, std::size_t limit);

/// The same, but a line end inside is kept as one '\n': it may part two values.
std::string clean_lines(std::string_view text, std::size_t limit);

/// Whether `text` is well-formed UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

/// UTF-8 of one code point; U+FFFD of what is none.
std::string utf8_of(std::uint32_t code_point);

/// Code points of well-formed UTF-8, up to the first octet that is not.
std::u32string code_points(std::string_view text);

}  // namespace nguon::server
