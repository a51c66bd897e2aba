#pragma once

#include "server/pages/catalogue.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// Every page by name, in the order of the navigation; `home` is /office itself.
const std::array<std::string_view, 17>& console_pages();

/// The document of a page: what does not depend on who looks. Lists and records are fetched by its
/// modules with the read session, and never stand in the document. Absent for an unknown name.
std::optional<std::string> console_page(std::string_view name, Lang lang, bool demo);

}  // namespace nguon::server
