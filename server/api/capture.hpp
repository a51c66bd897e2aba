#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// GET /api/orgs/{org}/capture: what a phone needs of its organisation to make entries without a
/// network: its name, its products, sites and animals as of now, those in use and alive. Public claims only, so
/// no session is needed, and the same octets as long as nothing changed (ETag). Errors: 404
/// `subject.unknown` where there is no such organisation.
DeferredHandler get_capture(const ApiServices& services);

}  // namespace nguon::server
