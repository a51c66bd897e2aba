#pragma once

#include <initializer_list>
#include <string_view>

namespace nguon::server {

/// Which of the media types offered an Accept field likes best (RFC 9110 §12.5.1); of equals, the
/// one offered first. A field that is absent, broken or takes none of them gets the first too: a
/// page is better than a refusal.
std::string_view preferred(std::string_view accept, std::initializer_list<std::string_view> offers);

}  // namespace nguon::server
