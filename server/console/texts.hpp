#pragma once

#include "server/pages/catalogue.hpp"

namespace nguon::server {

/// The console's sentences, server/console/catalogue/<tag>.json; its modules read the same file.
const Catalogue& console_texts(Lang lang);

}  // namespace nguon::server
