#pragma once

#include <string>
#include <string_view>

namespace nguon::schemas {

/// A text as people look for it: lower case, without tone marks and diacritics, đ as d, apostrophes
/// gone, every other run of what is no letter or digit one space, none at the ends. "Hoà  Bình" and
/// "hòa-bình" are both "hoa binh", "Ea H’Leo" is "ea hleo". Empty where `text` is not UTF-8.
std::string fold(std::string_view text);

}  // namespace nguon::schemas
