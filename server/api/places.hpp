#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// `GET /api/places?q=…`: communes of today by their names or by those of before 2025-07-01
/// (schemas/place_search.hpp), at most 20 of at most 200 octets typed. JSON {vintage, places:
/// [{code, name, province, province_name, was?: {name, district, province, part}}]}; none found is
/// an empty list. Errors: `places.query`. `problems` outlives it.
InlineHandler get_places(const Problems& problems);

}  // namespace nguon::server
