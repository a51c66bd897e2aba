#pragma once

#include <initializer_list>
#include <string_view>

namespace nguon::server {

/// Which of the media types offered an Accept field likes best (RFC 9110 §12.5.1); of equals, the
/// one offered first. A field that is absent, broken or takes none of them gets the first too: a
/// page is better than a refusal.
std::string_view preferred(std::string_view accept, std::initializer_list<std::string_view> offers);

/// Thousandths that an Accept field gives a media type, by the most exact range in it; 0: not taken.
int media_weight(std::string_view accept, std::string_view type);
/// The same of Accept-Language and a language tag: `vi-VN` also asks for `vi`, and `vi` for `vi-VN`.
int language_weight(std::string_view accept_language, std::string_view tag);

}  // namespace nguon::server
