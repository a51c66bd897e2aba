#pragma once

#include "server/http/problem.hpp"
#include "server/http/router.hpp"
#include "server/shell/assets.hpp"

namespace nguon::server {

/// GET /app and /app/{file}: the phone app as it was built, by path. 404 `http.not-found`.
/// Both outlive the handler.
InlineHandler get_asset(const Assets& assets, const Problems& problems);

/// GET /E/{code}: the QR of an enrolment leads into the app, the code behind `#`, where no server
/// and no log of requests sees it again. A code longer than any is not taken along.
InlineHandler get_enrolment_link();

}  // namespace nguon::server
